using LinkMonitor.Hosting.Functions;
using LinkMonitor.Hosting.Standalone;
using LinkMonitor.Storage.Queues;
using LinkMonitor.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace LinkMonitor.Tests.Hosting.Standalone;

public sealed class QueueLoopTests : IDisposable
{
    private static readonly LoopOptions Options = new();

    private readonly ManualTimeProvider _time = new();
    private readonly Mock<IQueueAccess> _queue = FailingQueue.Create();
    private readonly FunctionRecord _record = new();
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_queue_that_cannot_be_read_is_read_again_after_the_longest_pause()
    {
        Receive()
            .ThrowsAsync(FailingQueue.NoAnswer)
            .ThrowsAsync(FailingQueue.NoAnswer)
            .ReturnsAsync([FailingQueue.Message])
            .ReturnsAsync([]);
        _queue.Setup(queue => queue.DeleteAsync(FailingQueue.Message, CancellationToken.None)).ReturnsAsync(true);
        var loop = Run();

        for (var failure = 0; failure < 2; failure++)
        {
            await _time.WaitForTimersAsync(1, Cancellation);
            _time.Advance(Options.MaxPollingInterval - TimeSpan.FromTicks(1));
            Assert.Empty(_record.Runs);
            _time.Advance(TimeSpan.FromTicks(1));
        }

        Assert.Equal("work", await _record.NextRunAsync(Cancellation));
        await StopAsync(loop);
    }

    [Fact]
    public async Task A_queue_that_is_gone_is_made_again_however_often_that_fails()
    {
        Receive().ThrowsAsync(FailingQueue.NotCreated).ThrowsAsync(FailingQueue.NotCreated).ReturnsAsync([]);
        _queue.SetupSequence(queue => queue.CreateAsync(It.IsAny<CancellationToken>()))
            .ThrowsAsync(FailingQueue.NoAnswer)
            .Returns(Task.CompletedTask);
        var loop = Run();

        for (var turn = 0; turn < 2; turn++)
        {
            await _time.WaitForTimersAsync(1, Cancellation);
            _time.Advance(Options.MaxPollingInterval);
        }

        await _time.WaitForTimersAsync(1, Cancellation);
        await StopAsync(loop);
        _queue.Verify(queue => queue.CreateAsync(It.IsAny<CancellationToken>()), Times.Exactly(2));
    }

    [Fact]
    public async Task A_message_that_cannot_be_settled_is_left_to_its_lease_and_the_loop_goes_on()
    {
        var settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Receive().ReturnsAsync([FailingQueue.Message, FailingQueue.Message with { Id = "2" }]).ReturnsAsync([]);
        _queue.Setup(queue => queue.DeleteAsync(FailingQueue.Message, CancellationToken.None)).ThrowsAsync(FailingQueue.NoAnswer);
        _queue.Setup(queue => queue.DeleteAsync(It.Is<ReceivedMessage>(message => message.Id == "2"), CancellationToken.None))
            .ReturnsAsync(true).Callback(settled.SetResult);
        var loop = Run();

        await settled.Task.WaitAsync(Cancellation);
        await _time.WaitForTimersAsync(1, Cancellation);

        Assert.False(loop.IsCompleted);
        await StopAsync(loop);
    }

    [Fact]
    public async Task A_message_that_fails_too_often_is_given_up()
    {
        var last = FailingQueue.Message with { DequeueCount = Options.MaxDequeueCount };
        var given = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _record.Work = _ => throw new InvalidOperationException("A bug.");
        Receive().ReturnsAsync([last]).ReturnsAsync([]);
        _queue.Setup(queue => queue.MoveToPoisonAsync(last, CancellationToken.None)).ReturnsAsync(true).Callback(given.SetResult);
        var loop = Run();

        await given.Task.WaitAsync(Cancellation);

        Assert.Single(_record.Runs);
        await StopAsync(loop);
    }

    public void Dispose() => _stop.Dispose();

    /// <summary>What one read of the queue after the other brings.</summary>
    private Moq.Language.ISetupSequentialResult<Task<IReadOnlyList<ReceivedMessage>>> Receive() =>
        _queue.SetupSequence(queue => queue.ReceiveAsync(It.IsAny<int>(), Options.Lease, It.IsAny<CancellationToken>()));

    private Task Run()
    {
        var runner = new FunctionRunner(new ServiceCollection().BuildServiceProvider().GetRequiredService<IServiceScopeFactory>());
        var function = new FunctionRegistration(
            new QueueFunctionDefinition("Recording", "work"),
            (_, message, cancellationToken) => _record.AddAsync(message, cancellationToken));
        var handler = new MessageHandler(_queue.Object, function, runner, Options, _time, NullLogger.Instance);
        return new QueueLoop(_queue.Object, handler, Options, _time, NullLogger.Instance).RunAsync(_stop.Token);
    }

    private async Task StopAsync(Task loop)
    {
        await _stop.CancelAsync();
        await loop;
    }
}
