namespace LinkMonitor.Storage.Queues;

/// <summary>The queues of the storage account.</summary>
public interface IMessageQueues
{
    /// <summary>A queue of this name, whether or not it was created. Nothing is sent yet.</summary>
    /// <param name="name">3 to 63 lower-case letters, digits and single hyphens.</param>
    IQueueAccess Open(string name);
}
