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

    private const int MoreAccounts = 32;

    private AzuriteProcess? _azurite;
    private int _names;
    private int _accounts;

    /// <summary><c>http://127.0.0.1:PORT/devstoreaccount1</c> of the table service.</summary>
    public Uri TableEndpoint => Endpoint("table");

    /// <summary><c>http://127.0.0.1:PORT/devstoreaccount1</c> of the queue service.</summary>
    public Uri QueueEndpoint => Endpoint("queue");

    /// <summary><c>http://127.0.0.1:PORT/devstoreaccount1</c> of the blob service, which the Functions host asks for.</summary>
    public Uri BlobEndpoint => Endpoint("blob");

    /// <summary>A full connection string with the three endpoints.</summary>
    public string ConnectionString => To(AccountName);

    /// <summary>A name no other test of this run has: the prefix and a number, lower-case, fit for tables and for queues.</summary>
    /// <param name="prefix">Starts with a letter, letters and digits only.</param>
    public string UniqueName(string prefix) =>
        $"{prefix.ToLowerInvariant()}{Interlocked.Increment(ref _names):d6}";

    /// <summary>A connection string to an account of the caller's own, for processes: their tables and queues have no prefix.</summary>
    public string OwnAccount() => Interlocked.Increment(ref _accounts) is var number and <= MoreAccounts
        ? To($"account{number:d2}")
        : throw new InvalidOperationException($"All {MoreAccounts} accounts are taken.");

    public async ValueTask InitializeAsync()
    {
        var names = Enumerable.Range(1, MoreAccounts).Select(number => $"account{number:d2}").Prepend(AccountName);
        var accounts = string.Join(';', names.Select(name => $"{name}:{AccountKey}"));
        _azurite = await AzuriteProcess.StartAsync(accounts, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_azurite is not null)
            await _azurite.DisposeAsync();
    }

    private string To(string account) =>
        $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey={AccountKey};"
        + $"BlobEndpoint={Endpoint("blob", account)};QueueEndpoint={Endpoint("queue", account)};"
        + $"TableEndpoint={Endpoint("table", account)};";

    private Uri Endpoint(string service, string account = AccountName) =>
        new((_azurite ?? throw new InvalidOperationException("Azurite is not running."))[service], account);
}
