using LinkMonitor.Engine.Fetching;
using LinkMonitor.Monitoring.Outages;
using LinkMonitor.Testing;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Tests.Monitoring.Outages;

public sealed class ControlProbeTests : IAsyncLifetime
{
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

    private ControlProbe Probe() =>
        new(_fetcher, Options.Create(new OutageOptions { ControlUrls = $"{_web.Origin}/" }), _clock);
}
