using System.Diagnostics;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Connecting;

namespace LinkMonitor.IntegrationTests.Hosting;

public sealed class StandaloneLoopsTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_whose_function_succeeds_is_deleted()
    {
        await using var driver = new LoopDriver(azurite);
        await driver.StartCopyAsync(Cancellation);

        await driver.Queue.SendMessageAsync("""{"v":1}""", Cancellation);
        await driver.EmptyAsync(Cancellation);

        Assert.Equal(["""{"v":1}"""], driver.Runs);
    }

    [Fact]
    public async Task A_message_whose_function_fails_comes_again()
    {
        await using var driver = new LoopDriver(azurite);
        driver.Work = (_, _) => driver.Runs.Count < 3 ? throw new InvalidOperationException("Not yet.") : Task.CompletedTask;
        await driver.StartCopyAsync(Cancellation);

        await driver.Queue.SendMessageAsync("again", Cancellation);
        await driver.EmptyAsync(Cancellation);

        Assert.Equal(["again", "again", "again"], driver.Runs);
        Assert.Empty((await driver.Poison.PeekMessagesAsync(32, Cancellation)).Value);
    }

    [Fact]
    public async Task A_message_that_fails_five_times_goes_to_the_poison_queue_and_stays_there()
    {
        await using var driver = new LoopDriver(azurite);
        driver.Work = (_, _) => throw new InvalidOperationException("Never.");
        await driver.StartCopyAsync(Cancellation);

        await driver.Queue.SendMessageAsync("bad", Cancellation);
        await driver.EmptyAsync(Cancellation);

        Assert.Equal(5, driver.Runs.Count);
        var poisoned = Assert.Single((await driver.Poison.PeekMessagesAsync(32, Cancellation)).Value);
        Assert.Equal("bad", poisoned.Body.ToString());
        Assert.True(poisoned.ExpiresOn > poisoned.InsertedOn!.Value.AddYears(10));
    }

    [Fact]
    public async Task A_message_that_was_delivered_too_often_already_is_not_run_again()
    {
        await using var driver = new LoopDriver(azurite);
        await driver.Queue.CreateAsync(cancellationToken: Cancellation);
        await driver.Queue.SendMessageAsync("kills the process", Cancellation);
        for (var delivery = 0; delivery < 5; delivery++)
        {
            var message = (await driver.Queue.ReceiveMessageAsync(cancellationToken: Cancellation)).Value;
            await driver.Queue.UpdateMessageAsync(
                message.MessageId, message.PopReceipt, visibilityTimeout: TimeSpan.Zero, cancellationToken: Cancellation);
        }

        await driver.StartCopyAsync(Cancellation);
        await driver.EmptyAsync(Cancellation);

        Assert.Empty(driver.Runs);
        var poisoned = Assert.Single((await driver.Poison.PeekMessagesAsync(32, Cancellation)).Value);
        Assert.Equal("kills the process", poisoned.Body.ToString());
    }

    [Fact]
    public async Task A_message_that_is_not_base64_goes_to_the_poison_queue_unread_and_the_others_are_run()
    {
        await using var driver = new LoopDriver(azurite);
        await driver.Queue.CreateAsync(cancellationToken: Cancellation);
        var raw = new QueueClient(azurite.ConnectionString, driver.Queue.Name, new QueueClientOptions(QueueServiceVersion.Pinned));
        await raw.SendMessageAsync("not <base64>", Cancellation);
        await driver.Queue.SendMessageAsync("good", Cancellation);

        await driver.StartCopyAsync(Cancellation);
        await driver.EmptyAsync(Cancellation);

        Assert.Equal(["good"], driver.Runs);
        var poisoned = Assert.Single((await driver.Poison.PeekMessagesAsync(32, Cancellation)).Value);
        Assert.Equal("not <base64>", poisoned.Body.ToString());
    }

    [Fact]
    public async Task A_message_is_kept_from_others_for_as_long_as_its_function_runs()
    {
        await using var driver = new LoopDriver(azurite)
        {
            Options = new() { Lease = TimeSpan.FromSeconds(4), MinPollingInterval = TimeSpan.FromMilliseconds(10) },
        };
        var finish = new TaskCompletionSource();
        driver.Work = (_, _) => finish.Task;
        await driver.StartCopyAsync(Cancellation);
        await driver.Queue.SendMessageAsync("long", Cancellation);
        await driver.NextRunAsync(Cancellation);

        // A second message hidden for longer than the lease is the clock of the storage service itself.
        await driver.Queue.SendMessageAsync("clock", visibilityTimeout: TimeSpan.FromSeconds(6), cancellationToken: Cancellation);
        await driver.NextRunAsync(Cancellation);
        finish.SetResult();
        await driver.EmptyAsync(Cancellation);

        Assert.Equal(["long", "clock"], driver.Runs);
    }

    [Fact]
    public async Task Two_copies_share_a_queue_and_no_message_runs_twice()
    {
        await using var driver = new LoopDriver(azurite) { Options = new() { MaxConcurrency = 1 } };
        var bothBusy = new TaskCompletionSource();
        driver.Work = (_, cancellationToken) =>
        {
            if (driver.Runs.Count >= 2)
                bothBusy.TrySetResult();
            return bothBusy.Task.WaitAsync(cancellationToken);
        };
        await driver.StartCopyAsync(Cancellation);
        await driver.StartCopyAsync(Cancellation);

        // Each copy runs one at a time and the first run waits for a second, so only two copies can finish this.
        foreach (var number in Enumerable.Range(1, 20))
            await driver.Queue.SendMessageAsync($"{number}", Cancellation);
        await driver.EmptyAsync(Cancellation);

        Assert.Equal(20, driver.Runs.Count);
        Assert.Equal(20, driver.Runs.Distinct().Count());
    }

    [Fact]
    public async Task No_more_messages_run_at_once_than_allowed()
    {
        await using var driver = new LoopDriver(azurite)
        {
            Options = new() { MaxConcurrency = 3, MinPollingInterval = TimeSpan.FromMilliseconds(10) },
        };
        var (running, most) = (0, 0);
        driver.Work = async (_, _) =>
        {
            var now = Interlocked.Increment(ref running);
            most = Math.Max(most, now);
            await driver.Queue.GetPropertiesAsync(Cancellation);
            Interlocked.Decrement(ref running);
        };
        await driver.Queue.CreateAsync(cancellationToken: Cancellation);
        foreach (var number in Enumerable.Range(1, 12))
            await driver.Queue.SendMessageAsync($"{number}", Cancellation);

        await driver.StartCopyAsync(Cancellation);
        await driver.EmptyAsync(Cancellation);

        Assert.Equal(12, driver.Runs.Count);
        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public async Task A_stop_lets_a_running_function_end_and_deletes_its_message()
    {
        await using var driver = new LoopDriver(azurite);
        var finish = new TaskCompletionSource();
        driver.Work = (_, _) => finish.Task;
        var copy = await driver.StartCopyAsync(Cancellation);
        await driver.Queue.SendMessageAsync("last", Cancellation);
        await driver.NextRunAsync(Cancellation);

        var stopping = copy.StopAsync(Cancellation);
        Assert.False(stopping.IsCompleted);
        finish.SetResult();
        await stopping;

        Assert.Empty((await driver.Queue.PeekMessagesAsync(32, Cancellation)).Value);
        Assert.Equal(0, (await driver.Queue.GetPropertiesAsync(Cancellation)).Value.ApproximateMessagesCount);
    }

    [Fact]
    public async Task A_function_still_running_after_the_drain_time_is_cancelled_and_its_message_released()
    {
        await using var driver = new LoopDriver(azurite) { Options = new() { DrainTime = TimeSpan.Zero } };
        driver.Work = (_, cancellationToken) => new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        var copy = await driver.StartCopyAsync(Cancellation);
        await driver.Queue.SendMessageAsync("slow", Cancellation);
        await driver.NextRunAsync(Cancellation);

        await copy.StopAsync(Cancellation);

        // Released "now" by the server's clock, which another thread may be ahead of: reads may come too early, but not for long.
        QueueMessage? released = null;
        for (var started = Stopwatch.StartNew(); started.Elapsed < TimeSpan.FromSeconds(30) && released is null;)
            released = (await driver.Queue.ReceiveMessageAsync(cancellationToken: Cancellation)).Value;
        Assert.Equal("slow", released?.Body.ToString());
    }

    [Fact]
    public async Task A_queue_that_is_deleted_is_made_again()
    {
        await using var driver = new LoopDriver(azurite);
        await driver.StartCopyAsync(Cancellation);

        await driver.Queue.DeleteAsync(Cancellation);
        while (!await driver.Queue.ExistsAsync(Cancellation))
            await Task.Yield();
        await driver.Queue.SendMessageAsync("after", Cancellation);
        await driver.EmptyAsync(Cancellation);

        Assert.Equal(["after"], driver.Runs);
    }
}
