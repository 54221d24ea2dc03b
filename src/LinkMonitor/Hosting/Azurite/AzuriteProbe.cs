using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Queues;
using LinkMonitor.Hosting.Standalone;
using LinkMonitor.Storage.Connecting;

namespace LinkMonitor.Hosting.Azurite;

/// <summary>Tells whether an Azurite with the development account already listens, so that it can be shared.</summary>
internal static class AzuriteProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>True when the queue service takes the development account's key and both services say that they are Azurite.</summary>
    public static async Task<bool> AnswersAsync(AzuritePorts ports, CancellationToken cancellationToken)
    {
        try
        {
            var queues = new QueueServiceClient(ports.ConnectionString(), Impatient());
            var properties = await queues.GetPropertiesAsync(cancellationToken);
            return IsAzurite(properties.GetRawResponse(), "Azurite-Queue") && await IsTableServiceAsync(ports, cancellationToken);
        }
        catch (Exception other) when (StorageFault.Is(other, cancellationToken))
        {
            return false;
        }
    }

    // The table service refuses the call for want of a signature, and says who it is all the same.
    private static async Task<bool> IsTableServiceAsync(AzuritePorts ports, CancellationToken cancellationToken)
    {
        var pipeline = HttpPipelineBuilder.Build(Impatient());
        using var request = pipeline.CreateRequest();
        request.Method = RequestMethod.Get;
        request.Uri.Reset(ports.TableEndpoint());
        using var response = await pipeline.SendRequestAsync(request, cancellationToken);
        return IsAzurite(response, "Azurite-Table");
    }

    private static bool IsAzurite(Response response, string name) =>
        response.Headers.TryGetValue("Server", out var server) && server.StartsWith(name, StringComparison.Ordinal);

    private static QueueClientOptions Impatient() => new(QueueServiceVersion.Pinned) { Retry = { MaxRetries = 0, NetworkTimeout = Patience } };
}
