using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Queues;
using LinkMonitor.Storage.Border;

namespace LinkMonitor.Storage.Connecting;

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
