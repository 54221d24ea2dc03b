using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Hosts;
using LinkMonitor.Storage.Queues;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;
using LinkMonitor.Watchdog;
using Microsoft.Extensions.Options;
using Moq;

namespace LinkMonitor.Tests.Watchdog;

/// <summary>One read serves all who ask, also one that fails or hangs.</summary>
public sealed class WatchTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new();
    private readonly Mock<IScheduleAge> _schedule = new(MockBehavior.Strict);
    private TestStorage _storage = null!;
    private Watch _watch = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _storage = await MemoryStorage.Source.CreateAsync(Token);
        await _storage.Queues.CreateAsync(Token);
        foreach (var queue in QueueNames.All)
            await _storage.Messages.Open(queue + "-poison").CreateAsync(Token);
        _watch = new Watch(
            new BacklogReader(_schedule.Object, _storage.Messages, _storage.Watchdog, _clock),
            Options.Create(new WatchdogOptions()),
            _clock);
    }

    [Fact]
    public async Task Failed_look_is_shared_for_its_time_and_then_tried_again()
    {
        _schedule.Setup(age => age.OldestDueAsync(It.IsAny<CancellationToken>()))
            .ThrowsAsync(new StorageFailureException(StorageFailureKind.Failed, 503, "Busy.", null));
        for (var i = 0; i < 5; i++)
            await Assert.ThrowsAsync<StorageFailureException>(() => _watch.ReadAsync(Token));
        _schedule.Verify(age => age.OldestDueAsync(It.IsAny<CancellationToken>()), Times.Once);

        _clock.Advance(TimeSpan.FromSeconds(30));
        _schedule.Setup(age => age.OldestDueAsync(It.IsAny<CancellationToken>())).ReturnsAsync(_clock.GetUtcNow().AddMinutes(-1));

        var backlog = await _watch.ReadAsync(Token);
        Assert.Equal(TimeSpan.FromMinutes(1), backlog.DueAge);
        Assert.Same(backlog, _watch.Last);
    }

    [Fact]
    public async Task Caller_that_gives_up_leaves_the_look_to_the_others_and_one_that_hangs_ends()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _schedule.Setup(age => age.OldestDueAsync(It.IsAny<CancellationToken>())).Returns(async (CancellationToken stop) =>
        {
            begun.SetResult();
            await new TaskCompletionSource().Task.WaitAsync(stop);
            return null;
        });
        using var impatient = new CancellationTokenSource();
        var first = _watch.ReadAsync(impatient.Token);
        var second = _watch.ReadAsync(Token);
        await begun.Task.WaitAsync(Token);

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.False(second.IsCompleted);
        _clock.Advance(Watch.Deadline);

        var failure = await Assert.ThrowsAsync<StorageFailureException>(() => second.WaitAsync(Token));
        Assert.Equal(StorageFailureKind.NoAnswer, failure.Kind);
    }

    public ValueTask DisposeAsync()
    {
        _watch.Dispose();
        return ValueTask.CompletedTask;
    }
}
