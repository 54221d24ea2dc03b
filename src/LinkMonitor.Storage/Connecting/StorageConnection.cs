using System.Diagnostics.Metrics;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Queues;
using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Queues;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Connecting;

/// <summary>One storage account: its tables and its queues. Safe for use by several threads; keep one.</summary>
internal sealed class StorageConnection
{
    private StorageConnection(TableServiceClient tables, QueueServiceClient queues, string prefix)
    {
        (TableService, QueueService, Prefix) = (tables, queues, prefix);
        Tables = new AzureTableService(tables, prefix);
        Queues = new AzureMessageQueues(queues, prefix);
    }

    public ITableService Tables { get; }

    public IMessageQueues Queues { get; }

    /// <summary>Stands before every table and queue name.</summary>
    public string Prefix { get; }

    public TableServiceClient TableService { get; }

    public QueueServiceClient QueueService { get; }

    /// <summary>Checks the options and builds the clients. Nothing is sent yet.</summary>
    /// <param name="meters">Counts the requests; null counts none.</param>
    /// <exception cref="InvalidStorageOptionsException">Something is missing, malformed or contradictory.</exception>
    public static StorageConnection Open(StorageOptions options, IMeterFactory? meters = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!IsPossiblePrefix(options.NamePrefix))
            throw new InvalidStorageOptionsException(
                $"'{options.NamePrefix}' cannot be a prefix of table and queue names. "
                + "Use up to 20 lower-case letters and digits, a letter first.");

        var counter = meters is null ? null : CountedRequests.CounterOf(meters);
        return (options.ConnectionString, options.Credential ?? options.Identity?.ToCredential()) switch
        {
            (not null, null) => FromConnectionString(options, counter),
            (null, { } credential) => FromCredential(options, credential, counter),
            (null, null) => throw new InvalidStorageOptionsException(
                "No storage is set. Give a connection string, or an account name and an identity."),
            _ => throw new InvalidStorageOptionsException("Both a storage connection string and an identity are set. Give one of them."),
        };
    }

    private static StorageConnection FromConnectionString(StorageOptions options, Counter<long>? counter)
    {
        var checkedString = ConnectionString.Check(options.ConnectionString!);
        try
        {
            var tables = new TableServiceClient(checkedString, TableOptions(options, counter));
            var queues = new QueueServiceClient(checkedString, QueueOptions(options, counter));
            return new StorageConnection(tables, queues, options.NamePrefix);
        }
        catch (Exception malformed) when (malformed is ArgumentException or FormatException or InvalidOperationException)
        {
            throw new InvalidStorageOptionsException(malformed.Message, malformed);
        }
    }

    private static StorageConnection FromCredential(StorageOptions options, TokenCredential credential, Counter<long>? counter)
    {
        var tableUri = options.TableServiceUri ?? ServiceUri(options.AccountName, "table");
        var queueUri = options.QueueServiceUri ?? ServiceUri(options.AccountName, "queue");
        foreach (var uri in new[] { tableUri, queueUri })
            if (!uri.IsAbsoluteUri || uri.Scheme != Uri.UriSchemeHttps)
                throw new InvalidStorageOptionsException($"'{uri}' is not an https address, and a token is only sent over https.");

        return new StorageConnection(
            new TableServiceClient(tableUri, credential, TableOptions(options, counter)),
            new QueueServiceClient(queueUri, credential, QueueOptions(options, counter)),
            options.NamePrefix);
    }

    private static TableClientOptions TableOptions(StorageOptions options, Counter<long>? counter)
    {
        var tables = new TableClientOptions();
        tables.AddPolicy(RetryRules.Instance, HttpPipelinePosition.PerCall);
        tables.AddPolicy(new BusyTransactionPolicy(), HttpPipelinePosition.PerRetry);
        if (counter is not null)
            tables.AddPolicy(new CountedRequests(counter, "table"), HttpPipelinePosition.PerRetry);
        options.ConfigureTables?.Invoke(tables);
        return tables;
    }

    // Without an encoding: the client would fail a whole batch for one message that is not base64.
    private static QueueClientOptions QueueOptions(StorageOptions options, Counter<long>? counter)
    {
        var queues = new QueueClientOptions(QueueServiceVersion.Pinned) { MessageEncoding = QueueMessageEncoding.None };
        queues.AddPolicy(RetryRules.Instance, HttpPipelinePosition.PerCall);
        if (counter is not null)
            queues.AddPolicy(new CountedRequests(counter, "queue"), HttpPipelinePosition.PerRetry);
        options.ConfigureQueues?.Invoke(queues);
        return queues;
    }

    private static Uri ServiceUri(string? accountName, string service) => accountName switch
    {
        null => throw new InvalidStorageOptionsException(
            $"An identity is set but neither an account name nor the address of the {service} service."),
        { Length: >= 3 and <= 24 } when accountName.All(IsPlain) => new Uri($"https://{accountName}.{service}.core.windows.net"),
        _ => throw new InvalidStorageOptionsException(
            $"'{accountName}' is not a storage account name: 3 to 24 lower-case letters and digits."),
    };

    // By hand, as every start comes by here: to make an expression without backtracking costs more than the clients.
    private static bool IsPossiblePrefix(string prefix) =>
        prefix.Length == 0 || (prefix.Length <= 20 && char.IsAsciiLetterLower(prefix[0]) && prefix.All(IsPlain));

    private static bool IsPlain(char letter) => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter);
}

/// <summary>
/// The storage setting cannot be used. The message says so, why and what to write instead, and holds no secret: nobody says it again.
/// </summary>
public sealed class InvalidStorageOptionsException : Exception
{
    private const string Prefix = "The storage setting cannot be used: ";

    public InvalidStorageOptionsException() : base("The storage setting cannot be used.")
    {
    }

    public InvalidStorageOptionsException(string message) : base(Prefix + message)
    {
    }

    public InvalidStorageOptionsException(string message, Exception innerException) : base(Prefix + message, innerException)
    {
    }
}

/// <summary>The identity that Azure gives the machine.</summary>
public static class ManagedIdentity
{
    /// <param name="clientId">Of a user-assigned identity; null for the system-assigned one.</param>
    public static TokenCredential Of(string? clientId) => new ManagedIdentityCredential(
        clientId is null ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(clientId));
}

/// <summary>Tells whether an Azurite with the development account already listens, so that it can be shared.</summary>
public static class AzuriteProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>True when the queue service takes the account's key and both services say that they are Azurite.</summary>
    /// <param name="connectionString">With the development account's key.</param>
    /// <param name="tableEndpoint">Of the same Azurite.</param>
    public static async Task<bool> AnswersAsync(string connectionString, Uri tableEndpoint, CancellationToken cancellationToken)
    {
        try
        {
            var queues = new QueueServiceClient(connectionString, Impatient());
            var properties = await StorageBorder.CrossAsync(queues.GetPropertiesAsync(cancellationToken), cancellationToken);
            return IsAzurite(properties.GetRawResponse(), "Azurite-Queue") && await IsTableServiceAsync(tableEndpoint, cancellationToken);
        }
        catch (StorageFailureException)
        {
            return false;
        }
    }

    // The table service refuses the call for want of a signature, and says who it is all the same.
    private static async Task<bool> IsTableServiceAsync(Uri tableEndpoint, CancellationToken cancellationToken)
    {
        var pipeline = HttpPipelineBuilder.Build(Impatient());
        using var request = pipeline.CreateRequest();
        request.Method = RequestMethod.Get;
        request.Uri.Reset(tableEndpoint);
        using var response = await StorageBorder.CrossAsync(
            pipeline.SendRequestAsync(request, cancellationToken).AsTask(), cancellationToken);
        return IsAzurite(response, "Azurite-Table");
    }

    private static bool IsAzurite(Response response, string name) =>
        response.Headers.TryGetValue("Server", out var server) && server.StartsWith(name, StringComparison.Ordinal);

    private static QueueClientOptions Impatient() =>
        new(QueueServiceVersion.Pinned) { Retry = { MaxRetries = 0, NetworkTimeout = Patience } };
}

/// <summary>The version of the queue service's protocol we speak.</summary>
internal static class QueueServiceVersion
{
    /// <summary>
    /// The newest that Azurite 3.35 knows, which is the newest Azurite for Node.js 20; it answers 400 to a later one. We need nothing
    /// newer, so that Azure is spoken to in the same way.
    /// </summary>
    public const QueueClientOptions.ServiceVersion Pinned = QueueClientOptions.ServiceVersion.V2025_11_05;
}
