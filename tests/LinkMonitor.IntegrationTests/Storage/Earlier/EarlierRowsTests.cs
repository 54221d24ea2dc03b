using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Testing.Storage;

namespace LinkMonitor.IntegrationTests.Storage.Earlier;

public sealed class EarlierRowsOnAzurite(AzuriteFixture azurite) : EarlierRowsContract(new AzuriteSource(azurite));

public sealed class EarlierRowsInMemory() : EarlierRowsContract(MemoryStorage.Source);
