using LinkMonitor.Hosting.Standalone;
using LinkMonitor.Storage.Queues;
using LinkMonitor.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace LinkMonitor.Tests.Hosting.Standalone;

public sealed class MessageLeaseTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromMinutes(2);

    private readonly ManualTimeProvider _time = new();
    private readonly Mock<IQueueAccess> _queue = FailingQueue.Create();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_renewal_that_fails_is_tried_again_and_the_last_receipt_counts()
    {
        var renewed = FailingQueue.Message with { Receipt = "second" };
        _queue.SetupSequence(queue => queue.RenewAsync(FailingQueue.Message, Duration, It.IsAny<CancellationToken>()))
            .ThrowsAsync(FailingQueue.NoAnswer).ReturnsAsync(renewed);
        await using var lease = Start();

        await HalfALeaseAsync();
        Assert.Equal("first", lease.Message.Receipt);
        await HalfALeaseAsync();
        await _time.WaitForTimersAsync(1, Cancellation);

        Assert.Equal("second", lease.Message.Receipt);
    }

    [Fact]
    public async Task A_message_that_went_to_another_is_renewed_no_more()
    {
        _queue.Setup(queue => queue.RenewAsync(FailingQueue.Message, Duration, It.IsAny<CancellationToken>())).ReturnsAsync(
            (ReceivedMessage?)null);
        await using var lease = Start();

        await HalfALeaseAsync();
        await lease.StopAsync();

        Assert.Equal(0, _time.PendingTimers);
        _queue.Verify(
            queue => queue.RenewAsync(It.IsAny<ReceivedMessage>(), It.IsAny<TimeSpan>(), It.IsAny<CancellationToken>()), Times.Once);
    }

    [Fact]
    public async Task A_stop_waits_for_the_renewal_that_hangs_because_its_receipt_is_needed()
    {
        var answer = new TaskCompletionSource<ReceivedMessage?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _queue.Setup(queue => queue.RenewAsync(FailingQueue.Message, Duration, CancellationToken.None)).Returns(answer.Task);
        await using var lease = Start();
        await HalfALeaseAsync();

        var stopping = lease.StopAsync();
        Assert.False(stopping.IsCompleted);
        answer.SetResult(FailingQueue.Message with { Receipt = "second" });
        await stopping;

        Assert.Equal("second", lease.Message.Receipt);
    }

    private MessageLease Start() => new(_queue.Object, FailingQueue.Message, Duration, _time, NullLogger.Instance);

    private async Task HalfALeaseAsync()
    {
        await _time.WaitForTimersAsync(1, Cancellation);
        _time.Advance(Duration / 2);
    }
}
