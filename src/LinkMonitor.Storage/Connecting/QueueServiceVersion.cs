using Azure.Storage.Queues;

namespace LinkMonitor.Storage.Connecting;

/// <summary>The version of the queue service's protocol we speak.</summary>
internal static class QueueServiceVersion
{
    /// <summary>
    /// The newest that Azurite 3.35 knows, which is the newest Azurite for Node.js 20; it answers 400 to a later one. We need nothing newer,
    /// so that Azure is spoken to in the same way.
    /// </summary>
    public const QueueClientOptions.ServiceVersion Pinned = QueueClientOptions.ServiceVersion.V2025_11_05;
}
