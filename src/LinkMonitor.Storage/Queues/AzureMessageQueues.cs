using Azure.Storage.Queues;

namespace LinkMonitor.Storage.Queues;

/// <inheritdoc cref="IMessageQueues"/>
/// <param name="prefix">Stands before every name.</param>
internal sealed class AzureMessageQueues(QueueServiceClient service, string prefix) : IMessageQueues
{
    public IQueueAccess Open(string name) =>
        new AzureQueueAccess(Client(name), IsPoison(name) ? null : Client(name + QueueNames.PoisonSuffix));

    private QueueClient Client(string name) => service.GetQueueClient(prefix + name);

    private static bool IsPoison(string name) => name.EndsWith(QueueNames.PoisonSuffix, StringComparison.Ordinal);
}
