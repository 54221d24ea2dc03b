using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Testing.Storage.Contracts;

namespace LinkMonitor.IntegrationTests.Storage;

// The contracts of the storage, on Azurite; LinkMonitor.Tests runs the same in memory.
public sealed class AlertPlanStoreOnAzurite(AzuriteFixture azurite) : AlertPlanStoreContract(new AzuriteSource(azurite));

public sealed class AlertStoreOnAzurite(AzuriteFixture azurite) : AlertStoreContract(new AzuriteSource(azurite));

public sealed class AuditStoreOnAzurite(AzuriteFixture azurite) : AuditStoreContract(new AzuriteSource(azurite));
public sealed class CaseStoreOnAzurite(AzuriteFixture azurite) : CaseStoreContract(new AzuriteSource(azurite));

public sealed class ChannelStoreOnAzurite(AzuriteFixture azurite) : ChannelStoreContract(new AzuriteSource(azurite));

public sealed class RetentionStoreOnAzurite(AzuriteFixture azurite) : RetentionStoreContract(new AzuriteSource(azurite));

public sealed class FailureStoreOnAzurite(AzuriteFixture azurite) : FailureStoreContract(new AzuriteSource(azurite));

public sealed class KeyStoreOnAzurite(AzuriteFixture azurite) : KeyStoreContract(new AzuriteSource(azurite));

public sealed class LinkCrashOnAzurite(AzuriteFixture azurite) : LinkCrashContract(new AzuriteSource(azurite));

public sealed class LinkListOnAzurite(AzuriteFixture azurite) : LinkListContract(new AzuriteSource(azurite));

public sealed class LinkFactsOnAzurite(AzuriteFixture azurite) : LinkFactsContract(new AzuriteSource(azurite));

public sealed class LinkRaceOnAzurite(AzuriteFixture azurite) : LinkRaceContract(new AzuriteSource(azurite));

public sealed class LinkStoreOnAzurite(AzuriteFixture azurite) : LinkStoreContract(new AzuriteSource(azurite));

public sealed class AlertWorkStoreOnAzurite(AzuriteFixture azurite) : AlertWorkStoreContract(new AzuriteSource(azurite));

public sealed class OutageStoreOnAzurite(AzuriteFixture azurite) : OutageStoreContract(new AzuriteSource(azurite));

public sealed class PageCrashOnAzurite(AzuriteFixture azurite) : PageCrashContract(new AzuriteSource(azurite));

public sealed class PageInterleavingOnAzurite(AzuriteFixture azurite) : PageInterleavingContract(new AzuriteSource(azurite));

public sealed class PageRaceOnAzurite(AzuriteFixture azurite) : PageRaceContract(new AzuriteSource(azurite));

public sealed class PageStoreOnAzurite(AzuriteFixture azurite) : PageStoreContract(new AzuriteSource(azurite));

public sealed class ProjectStoreOnAzurite(AzuriteFixture azurite) : ProjectStoreContract(new AzuriteSource(azurite));

public sealed class QueueAccessOnAzurite(AzuriteFixture azurite) : QueueAccessContract(new AzuriteSource(azurite));

public sealed class SigningKeyStoreOnAzurite(AzuriteFixture azurite) : SigningKeyStoreContract(new AzuriteSource(azurite));

public sealed class DataKeyStoreOnAzurite(AzuriteFixture azurite) : DataKeyStoreContract(new AzuriteSource(azurite));

public sealed class ClientReportStoreOnAzurite(AzuriteFixture azurite) : ClientReportStoreContract(new AzuriteSource(azurite));

public sealed class ImportStoreOnAzurite(AzuriteFixture azurite) : ImportStoreContract(new AzuriteSource(azurite));

public sealed class UndoStoreOnAzurite(AzuriteFixture azurite) : UndoStoreContract(new AzuriteSource(azurite));

public sealed class TableOnAzurite(AzuriteFixture azurite) : TableContract(new AzuriteSource(azurite));

public sealed class LinkTypeStoreOnAzurite(AzuriteFixture azurite) : LinkTypeStoreContract(new AzuriteSource(azurite));

public sealed class ExportAddressStoreOnAzurite(AzuriteFixture azurite) : ExportAddressStoreContract(new AzuriteSource(azurite));

public sealed class SavedViewStoreOnAzurite(AzuriteFixture azurite) : SavedViewStoreContract(new AzuriteSource(azurite));

public sealed class TemplateStoreOnAzurite(AzuriteFixture azurite) : TemplateStoreContract(new AzuriteSource(azurite));

public sealed class WorkQueuesOnAzurite(AzuriteFixture azurite) : WorkQueuesContract(new AzuriteSource(azurite));

public sealed class ScheduleAgeOnAzurite(AzuriteFixture azurite) : ScheduleAgeContract(new AzuriteSource(azurite));

public sealed class WatchdogStoreOnAzurite(AzuriteFixture azurite) : WatchdogStoreContract(new AzuriteSource(azurite));

