using System.Collections.Concurrent;
using LinkMonitor.CommandLine.Files;
using LinkMonitor.Imports.Rows;

namespace LinkMonitor.Tests.CommandLine.Files;

public sealed class FilePageCheckTests
{
    [Fact]
    public async Task Every_page_is_looked_at_once_and_never_too_many_at_a_time()
    {
        var plan = Plan(Enumerable.Range(0, 3_000).Select(n => $"https://host{n % 7}.example/{n % 1_000}"));
        var (seen, running, most) = (new ConcurrentBag<int>(), 0, 0);
        var round = new FilePageCheck(plan, perHost: 2, mostAtOnce: 10, fewAtOnce: 2, async page =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref running));
            await Task.Yield();
            seen.Add(page);
            Interlocked.Decrement(ref running);
        });

        await round.RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(Enumerable.Range(0, plan.Pages), seen.Order());
        Assert.InRange(most, 1, 10);
    }

    [Fact]
    public async Task A_host_with_many_pages_holds_up_no_other()
    {
        var plan = Plan([.. Enumerable.Range(0, 500).Select(n => $"https://many.example/{n}"), "https://other.example/"]);
        var reached = new TaskCompletionSource();
        var never = new TaskCompletionSource();
        var round = new FilePageCheck(plan, perHost: 1, mostAtOnce: 100, fewAtOnce: 2, page =>
        {
            if (page == 500)
                reached.SetResult();
            return never.Task;
        });

        var running = round.RunAsync(TestContext.Current.CancellationToken);

        await reached.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        never.SetResult();
        await running.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_cancelled_round_waits_for_no_page()
    {
        using var stop = new CancellationTokenSource();
        var round = new FilePageCheck(
            Plan(["https://a.example/"]), perHost: 1, mostAtOnce: 10, fewAtOnce: 2, _ => new TaskCompletionSource().Task);

        var running = round.RunAsync(stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => running.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }

    private static PagePlan Plan(IEnumerable<string> pages)
    {
        var plan = new PagePlan();
        foreach (var page in pages)
        {
            Assert.True(LinkFileRow.TryRead(new RowText { Line = 2, Page = page, Target = "https://example.org/" }, out var row, out _));
            plan.Add(row);
        }

        plan.Complete();
        return plan;
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var before = Volatile.Read(ref most); value > before; before = Volatile.Read(ref most))
            Interlocked.CompareExchange(ref most, value, before);
    }
}
