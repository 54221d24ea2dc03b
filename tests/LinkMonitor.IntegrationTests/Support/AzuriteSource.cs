using LinkMonitor.Testing.Storage;

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>Gives contracts their storage on Azurite.</summary>
internal sealed class AzuriteSource(AzuriteFixture azurite) : IStorageSource
{
    public async Task<TestStorage> CreateAsync(CancellationToken cancellationToken) =>
        await AzuriteAccount.CreateAsync(azurite, cancellationToken);
}
