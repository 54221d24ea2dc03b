using Azure.Storage.Queues;
using LinkMonitor.Storage.Queues;

namespace LinkMonitor.Hosting.Standalone;

/// <summary>The queues of the account, read raw: the loops decode base64 themselves, because the client would fail a whole batch for one bad message.</summary>
internal sealed class LoopQueues(QueueServiceClient service)
{
    /// <summary>Sets the options of the client the loops use.</summary>
    public static void Configure(QueueClientOptions options) => options.MessageEncoding = QueueMessageEncoding.None;

    public QueueClient Main(string queueName) => service.GetQueueClient(queueName);

    /// <summary>Where messages of the queue go that failed too often; null for a poison queue, as at the Functions host.</summary>
    public QueueClient? Poison(string queueName) =>
        queueName.EndsWith(QueueNames.PoisonSuffix, StringComparison.Ordinal)
            ? null
            : service.GetQueueClient(queueName + QueueNames.PoisonSuffix);

    public async Task CreateAsync(string queueName, CancellationToken cancellationToken)
    {
        await Main(queueName).CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        if (Poison(queueName) is { } poison)
            await poison.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
    }
}
