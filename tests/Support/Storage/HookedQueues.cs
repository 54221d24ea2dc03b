using LinkMonitor.Storage.Queues;

namespace LinkMonitor.Testing.Storage;

/// <summary>Queues whose every call passes a hook.</summary>
internal sealed class HookedQueues(IMessageQueues queues, StorageHook hook) : IMessageQueues
{
    public IQueueAccess Open(string name) => new HookedQueue(queues.Open(name), hook);
}
