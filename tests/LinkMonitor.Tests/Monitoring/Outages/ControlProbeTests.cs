using LinkMonitor.Engine.Fetching;
using LinkMonitor.Monitoring.Outages;
using LinkMonitor.Testing;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Tests.Monitoring.Outages;

public sealed class ControlProbeTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ManualTimeProvider _clock = new();
    private LocalWeb _web = null!;
    private PageFetcher _fetcher = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _web = await LocalWeb.StartAsync(Stop);
        _fetcher = new PageFetcher(new FetchOptions { AllowPrivateNetworks = true }, null, _clock);
    }

    public async ValueTask DisposeAsync()
    {
        _fetcher.Dispose();
        await _web.DisposeAsync();
    }

    [Fact]
    public async Task A_caller_that_is_cancelled_is_no_outage()
    {
        var asked = new TaskCompletionSource();
        var answer = new TaskCompletionSource();
        _web.Map("/", async context =>
        {
            asked.TrySetResult();
            await answer.Task.WaitAsync(context.RequestAborted);
        });
        using var probe = Probe();
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Stop);

        var asking = probe.IsDownAsync(caller.Token);
        await asked.Task.WaitAsync(Stop);
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.False(probe.IsKnownDown);
        answer.SetResult();
        Assert.False(await probe.IsDownAsync(Stop));
        Assert.Single(_web.Requests);
    }

    [Fact]
    public async Task All_who_ask_at_once_share_one_question_and_its_answer_counts_for_a_while()
    {
        _web.Map("/", context => { context.Response.StatusCode = 500; return Task.CompletedTask; });
        using var probe = Probe();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => probe.IsDownAsync(Stop)));

        Assert.All(answers, Assert.True);
        Assert.True(probe.IsKnownDown);
        Assert.Single(_web.Requests);
        _clock.Advance(new OutageOptions().ControlEvery);
        Assert.False(probe.IsKnownDown);
        _web.Map("/", context => Task.CompletedTask);
        Assert.False(await probe.IsDownAsync(Stop));
    }

    [Fact]
    public async Task Without_control_addresses_nobody_is_asked_and_our_network_is_well()
    {
        using var probe = Probe("");

        Assert.False(await probe.IsDownAsync(Stop));
        Assert.Empty(_web.Requests);
    }

    [Fact]
    public async Task One_that_answers_is_enough_and_one_that_hangs_is_not_waited_for()
    {
        var hung = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _web.Map("/hangs", async context =>
        {
            using var left = context.RequestAborted.Register(hung.SetResult);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        _web.Map("/fails", context => { context.Response.StatusCode = 503; return Task.CompletedTask; });
        _web.Map("/well", _ => Task.CompletedTask);
        using var probe = Probe("/hangs", "/fails", "/well");

        Assert.False(await probe.IsDownAsync(Stop).WaitAsync(Patience, Stop));

        Assert.False(probe.IsKnownDown);
        await hung.Task.WaitAsync(Patience, Stop);
    }

    [Theory]
    [InlineData(302)]
    [InlineData(404)]
    [InlineData(511)]
    public async Task An_answer_that_is_not_the_address_s_own_is_none(int status)
    {
        _web.Map("/", context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "/login";
            return Task.CompletedTask;
        });
        _web.MapHtml("/login", "<h1>Welcome to the hotel</h1>");
        using var probe = Probe();

        Assert.True(await probe.IsDownAsync(Stop));
    }

    [Fact]
    public async Task All_that_hang_end_with_the_deadline_of_a_fetch_and_count_as_no_answer()
    {
        var asked = new CountdownEvent(2);
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        foreach (var path in new[] { "/one", "/two" })
            _web.Map(path, async context =>
            {
                if (asked.Signal())
                    all.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
            });
        using var probe = Probe("/one", "/two");

        var asking = probe.IsDownAsync(Stop);
        await all.Task.WaitAsync(Patience, Stop);
        _clock.Advance(new FetchOptions().Deadline);

        Assert.True(await asking.WaitAsync(Patience, Stop));
        Assert.True(probe.IsKnownDown);
        asked.Dispose();
    }

    [Fact]
    public async Task What_was_found_counts_for_its_time_and_not_a_moment_longer()
    {
        _web.Map("/", _ => Task.CompletedTask);
        using var probe = Probe();
        await probe.IsDownAsync(Stop);

        _clock.Advance(new OutageOptions().ControlEvery - TimeSpan.FromTicks(1));
        await probe.IsDownAsync(Stop);
        Assert.Single(_web.Requests);
        _clock.Advance(TimeSpan.FromTicks(1));
        await probe.IsDownAsync(Stop);

        Assert.Equal(2, _web.Requests.Count);
    }

    [Fact]
    public async Task A_probe_that_is_disposed_of_finds_nothing_and_lets_nobody_wait()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _web.Map("/", async context =>
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        var probe = Probe();
        var asking = probe.IsDownAsync(Stop);
        await asked.Task.WaitAsync(Patience, Stop);

        probe.Dispose();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking.WaitAsync(Patience, Stop));
        Assert.False(probe.IsKnownDown);
    }

    private ControlProbe Probe(params string[] paths) => new(
        _fetcher,
        Options.Create(
            new OutageOptions { ControlUrls = string.Join(' ', paths is [] ? [$"{_web.Origin}/"] : paths.Select(Address)) }),
        _clock);

    private string Address(string path) => path.Length == 0 ? "" : _web.Origin + path;
}
