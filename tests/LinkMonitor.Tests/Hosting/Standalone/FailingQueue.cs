using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Queues;
using Moq;

namespace LinkMonitor.Tests.Hosting.Standalone;

/// <summary>A queue that does what a test tells it to, and nothing else.</summary>
internal static class FailingQueue
{
    public static ReceivedMessage Message { get; } =
        new() { Id = "1", Receipt = "first", Raw = Convert.ToBase64String("work"u8), DequeueCount = 1 };

    public static StorageFailureException NoAnswer { get; } = new(StorageFailureKind.NoAnswer, 0, "No answer.", null);

    public static StorageFailureException NotCreated { get; } = new(StorageFailureKind.NotCreated, 404, "The queue is not there.", null);

    public static Mock<IQueueAccess> Create()
    {
        var queue = new Mock<IQueueAccess>(MockBehavior.Strict);
        queue.SetupGet(access => access.Name).Returns("work");
        queue.SetupGet(access => access.HasPoison).Returns(true);
        return queue;
    }
}
