using LinkMonitor.IntegrationTests.Support;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>
/// The one Azurite of a test run. Take it as a constructor parameter. Everything shares it, so name tables and queues with
/// <see cref="UniqueName"/>.
/// </summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    /// <summary>The emulator's public, documented account name.</summary>
    public const string AccountName = "devstoreaccount1";

    /// <summary>The emulator's public, documented key: https://learn.microsoft.com/azure/storage/common/storage-use-azurite.</summary>
    public const string AccountKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private AzuriteProcess? _azurite;
    private int _names;

    /// <summary><c>http://127.0.0.1:PORT/devstoreaccount1</c> of the table service.</summary>
    public Uri TableEndpoint => Endpoint("table");

    /// <summary><c>http://127.0.0.1:PORT/devstoreaccount1</c> of the queue service.</summary>
    public Uri QueueEndpoint => Endpoint("queue");

    /// <summary><c>http://127.0.0.1:PORT/devstoreaccount1</c> of the blob service, which the Functions host asks for.</summary>
    public Uri BlobEndpoint => Endpoint("blob");

    /// <summary>A full connection string with the three endpoints.</summary>
    public string ConnectionString =>
        $"DefaultEndpointsProtocol=http;AccountName={AccountName};AccountKey={AccountKey};"
        + $"BlobEndpoint={BlobEndpoint};QueueEndpoint={QueueEndpoint};TableEndpoint={TableEndpoint};";

    /// <summary>A name no other test of this run has: the prefix and a number, lower-case, fit for tables and for queues.</summary>
    /// <param name="prefix">Starts with a letter, letters and digits only.</param>
    public string UniqueName(string prefix) =>
        $"{prefix.ToLowerInvariant()}{Interlocked.Increment(ref _names):d6}";

    public async ValueTask InitializeAsync() =>
        _azurite = await AzuriteProcess.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_azurite is not null)
            await _azurite.DisposeAsync();
    }

    private Uri Endpoint(string service) =>
        new((_azurite ?? throw new InvalidOperationException("Azurite is not running."))[service], AccountName);
}
