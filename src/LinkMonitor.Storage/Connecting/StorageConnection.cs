using System.Text.RegularExpressions;
using Azure.Core;
using Azure.Storage.Queues;
using LinkMonitor.Storage.Queues;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Connecting;

/// <summary>One storage account: its tables and its queues. Safe for use by several threads; keep one.</summary>
public sealed partial class StorageConnection
{
    private readonly string _prefix;

    private StorageConnection(TableServiceClient tables, QueueServiceClient queues, string prefix)
    {
        Tables = tables;
        QueueService = queues;
        Queues = new AzureMessageQueues(queues, prefix);
        _prefix = prefix;
    }

    public TableServiceClient Tables { get; }

    public IMessageQueues Queues { get; }

    internal QueueServiceClient QueueService { get; }

    /// <summary>Checks the options and builds the clients. Nothing is sent yet.</summary>
    /// <exception cref="InvalidStorageOptionsException">Something is missing, malformed or contradictory.</exception>
    public static StorageConnection Open(StorageOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!Prefix().IsMatch(options.NamePrefix))
            throw new InvalidStorageOptionsException(
                $"'{options.NamePrefix}' cannot stand before table and queue names. "
                + "Use up to 20 lower-case letters and digits, a letter first.");

        var tableOptions = new TableClientOptions();
        options.ConfigureTables?.Invoke(tableOptions);
        var queueOptions = new QueueClientOptions(QueueServiceVersion.Pinned);
        options.ConfigureQueues?.Invoke(queueOptions);
        return (options.ConnectionString, options.Credential ?? options.Identity?.ToCredential()) switch
        {
            (not null, null) => FromConnectionString(options, tableOptions, queueOptions),
            (null, { } credential) => FromCredential(options, credential, tableOptions, queueOptions),
            (null, null) => throw new InvalidStorageOptionsException(
                "No storage is set. Give a connection string, or an account name and an identity."),
            _ => throw new InvalidStorageOptionsException(
                "Both a storage connection string and an identity are set. Give one of them."),
        };
    }

    /// <param name="name">One of <see cref="TableNames"/>.</param>
    public TableClient Table(string name) => Tables.GetTableClient(_prefix + name);

    /// <summary>Creates the tables that are not there yet. May be called by several processes at once.</summary>
    public Task CreateTablesAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(TableNames.All.Select(name => Table(name).CreateIfNotExistsAsync(cancellationToken)));

    private static StorageConnection FromConnectionString(
        StorageOptions options, TableClientOptions tableOptions, QueueClientOptions queueOptions)
    {
        try
        {
            var tables = new TableServiceClient(options.ConnectionString!, tableOptions);
            var queues = new QueueServiceClient(options.ConnectionString!, queueOptions);
            return new StorageConnection(tables, queues, options.NamePrefix);
        }
        catch (Exception malformed) when (malformed is ArgumentException or FormatException)
        {
            throw new InvalidStorageOptionsException(malformed.Message, malformed);
        }
    }

    private static StorageConnection FromCredential(
        StorageOptions options, TokenCredential credential, TableClientOptions tableOptions, QueueClientOptions queueOptions)
    {
        var tableUri = options.TableServiceUri ?? ServiceUri(options.AccountName, "table");
        var queueUri = options.QueueServiceUri ?? ServiceUri(options.AccountName, "queue");
        foreach (var uri in new[] { tableUri, queueUri })
            if (!uri.IsAbsoluteUri || uri.Scheme != Uri.UriSchemeHttps)
                throw new InvalidStorageOptionsException($"'{uri}' is not an https address, and a token is only sent over https.");

        return new StorageConnection(
            new TableServiceClient(tableUri, credential, tableOptions),
            new QueueServiceClient(queueUri, credential, queueOptions),
            options.NamePrefix);
    }

    private static Uri ServiceUri(string? accountName, string service) => accountName switch
    {
        null => throw new InvalidStorageOptionsException(
            $"An identity is set but neither an account name nor the address of the {service} service."),
        _ when AccountName().IsMatch(accountName) => new Uri($"https://{accountName}.{service}.core.windows.net"),
        _ => throw new InvalidStorageOptionsException(
            $"'{accountName}' is no storage account name: 3 to 24 lower-case letters and digits."),
    };

    [GeneratedRegex("^([a-z][a-z0-9]{0,19})?\\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Prefix();

    [GeneratedRegex("^[a-z0-9]{3,24}\\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex AccountName();
}
