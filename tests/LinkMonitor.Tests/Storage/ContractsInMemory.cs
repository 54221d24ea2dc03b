using LinkMonitor.Testing.Storage;
using LinkMonitor.Testing.Storage.Contracts;

namespace LinkMonitor.Tests.Storage;

// The contracts of the storage, in memory; LinkMonitor.IntegrationTests runs the same on Azurite.
public sealed class AlertPlanStoreInMemory() : AlertPlanStoreContract(MemoryStorage.Source);

public sealed class AlertStoreInMemory() : AlertStoreContract(MemoryStorage.Source);

public sealed class AuditStoreInMemory() : AuditStoreContract(MemoryStorage.Source);
public sealed class CaseStoreInMemory() : CaseStoreContract(MemoryStorage.Source);

public sealed class ChannelStoreInMemory() : ChannelStoreContract(MemoryStorage.Source);

public sealed class FailureStoreInMemory() : FailureStoreContract(MemoryStorage.Source);

public sealed class KeyStoreInMemory() : KeyStoreContract(MemoryStorage.Source);

public sealed class LinkCrashInMemory() : LinkCrashContract(MemoryStorage.Source);

public sealed class LinkListInMemory() : LinkListContract(MemoryStorage.Source);

public sealed class LinkFactsInMemory() : LinkFactsContract(MemoryStorage.Source);

public sealed class LinkRaceInMemory() : LinkRaceContract(MemoryStorage.Source);

public sealed class LinkStoreInMemory() : LinkStoreContract(MemoryStorage.Source);

public sealed class AlertWorkStoreInMemory() : AlertWorkStoreContract(MemoryStorage.Source);

public sealed class RetentionStoreInMemory() : RetentionStoreContract(MemoryStorage.Source);

public sealed class OutageStoreInMemory() : OutageStoreContract(MemoryStorage.Source);

public sealed class PageCrashInMemory() : PageCrashContract(MemoryStorage.Source);

public sealed class PageInterleavingInMemory() : PageInterleavingContract(MemoryStorage.Source);

public sealed class PageRaceInMemory() : PageRaceContract(MemoryStorage.Source);

public sealed class PageStoreInMemory() : PageStoreContract(MemoryStorage.Source);

public sealed class ProjectStoreInMemory() : ProjectStoreContract(MemoryStorage.Source);

public sealed class QueueAccessInMemory() : QueueAccessContract(MemoryStorage.Source);

public sealed class SigningKeyStoreInMemory() : SigningKeyStoreContract(MemoryStorage.Source);

public sealed class DataKeyStoreInMemory() : DataKeyStoreContract(MemoryStorage.Source);

public sealed class ClientReportStoreInMemory() : ClientReportStoreContract(MemoryStorage.Source);

public sealed class ImportStoreInMemory() : ImportStoreContract(MemoryStorage.Source);

public sealed class UndoStoreInMemory() : UndoStoreContract(MemoryStorage.Source);

public sealed class TableInMemory() : TableContract(MemoryStorage.Source);

public sealed class LinkTypeStoreInMemory() : LinkTypeStoreContract(MemoryStorage.Source);

public sealed class ExportAddressStoreInMemory() : ExportAddressStoreContract(MemoryStorage.Source);

public sealed class SavedViewStoreInMemory() : SavedViewStoreContract(MemoryStorage.Source);

public sealed class TemplateStoreInMemory() : TemplateStoreContract(MemoryStorage.Source);

public sealed class WorkQueuesInMemory() : WorkQueuesContract(MemoryStorage.Source);

public sealed class ScheduleAgeInMemory() : ScheduleAgeContract(MemoryStorage.Source);

public sealed class WatchdogStoreInMemory() : WatchdogStoreContract(MemoryStorage.Source);

