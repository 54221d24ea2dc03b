using Azure.Storage.Queues;

namespace LinkMonitor.Storage.Queues;

/// <inheritdoc cref="IMessageQueues"/>
/// <param name="prefix">Stands before every name.</param>
internal sealed class AzureMessageQueues(QueueServiceClient service, string prefix) : IMessageQueues
{
    public IQueueAccess Open(string name) =>
        new AzureQueueAccess(service.GetQueueClient(prefix + name), IsPoison(name) ? null : service.GetQueueClient(prefix + name + QueueNames.PoisonSuffix));

    private static bool IsPoison(string name) => name.EndsWith(QueueNames.PoisonSuffix, StringComparison.Ordinal);
}
