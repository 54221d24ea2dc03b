using LinkMonitor.Storage.Connecting;

namespace LinkMonitor.Hosting.Account;

/// <summary>
/// The storage account that the settings name: a connection string, or endpoints with an identity. <c>LinkMonitor:Storage</c> comes first;
/// without it LinkMonitor uses what the Functions host uses (<c>AzureWebJobsStorage</c>, as a connection string, or with
/// <c>accountName</c> or <c>queueServiceUri</c> and <c>tableServiceUri</c> below it), because the host's queue triggers read there.
/// </summary>
internal sealed record StorageAccount
{
    public const string Setting = "LinkMonitor:Storage";
    public const string HostSetting = "AzureWebJobsStorage";

    private StorageAccount()
    {
    }

    /// <summary>Null when the account is reached with an identity.</summary>
    public string? ConnectionString { get; private init; }

    /// <summary>Null when there is a connection string.</summary>
    public Uri? QueueEndpoint { get; private init; }

    /// <summary>Null when there is a connection string.</summary>
    public Uri? TableEndpoint { get; private init; }

    /// <summary>Null when there is a connection string.</summary>
    public StorageIdentity? Identity { get; private init; }

    public static StorageAccount FromConnectionString(string connectionString) => new() { ConnectionString = connectionString };

    /// <summary>The account of the settings, or null when they name none.</summary>
    /// <exception cref="InvalidStorageOptionsException">Only one of the two endpoints is set, or one is no absolute URL.</exception>
    public static StorageAccount? From(IConfiguration configuration)
    {
        foreach (var key in new[] { Setting, HostSetting })
        {
            var section = configuration.GetSection(key);
            if (section.Value is { Length: > 0 } connectionString)
                return FromConnectionString(connectionString);
            if (FromIdentity(section) is { } account)
                return account;
        }

        return null;
    }

    public StorageOptions ToOptions() => new()
    {
        ConnectionString = ConnectionString,
        TableServiceUri = TableEndpoint,
        QueueServiceUri = QueueEndpoint,
        Identity = Identity,
    };

    // https://learn.microsoft.com/azure/azure-functions/functions-reference#connecting-to-host-storage-with-an-identity
    private static StorageAccount? FromIdentity(IConfigurationSection section)
    {
        var name = section["accountName"];
        var queue = section["queueServiceUri"] ?? (name is null ? null : $"https://{name}.queue.core.windows.net");
        var table = section["tableServiceUri"] ?? (name is null ? null : $"https://{name}.table.core.windows.net");
        if (queue is null && table is null)
            return null;
        if (!Uri.TryCreate(queue, UriKind.Absolute, out var queueEndpoint)
            || !Uri.TryCreate(table, UriKind.Absolute, out var tableEndpoint))
        {
            throw new InvalidStorageOptionsException(
                $"{section.Path} needs both queueServiceUri and tableServiceUri as absolute URLs, or accountName.");
        }

        return new() { QueueEndpoint = queueEndpoint, TableEndpoint = tableEndpoint, Identity = IdentityOf(section) };
    }

    private static StorageIdentity IdentityOf(IConfigurationSection section) => new()
    {
        ClientId = section["clientId"],
        IsManagedOnly = string.Equals(section["credential"], "managedidentity", StringComparison.OrdinalIgnoreCase),
    };
}
