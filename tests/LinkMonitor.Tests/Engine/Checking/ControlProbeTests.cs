using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Engine.Checking;

public sealed class ControlProbeTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

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
        _clock.Advance(Every);
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
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _web.Map("/hangs", async context =>
        {
            using var left = context.RequestAborted.Register(hung.SetResult);
            reached.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        _web.Map("/fails", context => { context.Response.StatusCode = 503; return Task.CompletedTask; });
        _web.Map("/well", _ => reached.Task.WaitAsync(Patience, Stop));
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

        _clock.Advance(Every - TimeSpan.FromTicks(1));
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

    [Theory]
    [InlineData("http://gone.example/", null)]
    [InlineData("http://closed.example:9/", null)]
    [InlineData("http://blog.example/post", "http://portal.example/login")]
    public async Task What_our_network_may_have_caused_is_ours_while_the_control_addresses_fail(string url, string? redirect)
    {
        using var fetcher = Named();
        var page = await FetchAsync(fetcher, url, redirect);
        using var down = new ControlProbe(fetcher, ControlAddresses.Read("http://gone.example/"), Every, _clock);
        _web.MapHtml("/well", "");
        using var well = new ControlProbe(fetcher, ControlAddresses.Read(At("http://blog.example/well")), Every, _clock);

        var blamed = Assert.IsType<FetchFailed>(await down.ReviewAsync(page, Stop));
        Assert.Equal((FetchFailure.OurNetwork, page.Url), (blamed.Failure, blamed.FinalUrl));
        Assert.Same(page, await well.ReviewAsync(page, Stop));
    }

    [Theory]
    [InlineData("http://blog.example/post", null)]
    [InlineData("http://blog.example/post", "http://blog.example/other")]
    [InlineData("http://127.0.0.1:9/", null)]
    public async Task What_needs_no_network_or_came_from_the_site_itself_asks_nobody(string url, string? redirect)
    {
        using var fetcher = Named();
        var page = await FetchAsync(fetcher, url, redirect);
        using var down = new ControlProbe(fetcher, ControlAddresses.Read("http://gone.example/"), Every, _clock);

        Assert.Same(page, await down.ReviewAsync(page, Stop));
        Assert.False(down.IsKnownDown);
    }

    private async Task<FetchResult> FetchAsync(PageFetcher fetcher, string url, string? redirect)
    {
        _web.MapHtml("/post", "<p>A page.").MapHtml("/login", "<h1>Welcome to the hotel</h1>").MapHtml("/other", "<p>Another.");
        if (redirect is not null)
            _web.MapRedirect("/post", At(redirect));
        Assert.True(WebUrl.TryParse(url.Contains(":9/", StringComparison.Ordinal) ? url : At(url), out var page));
        return await fetcher.FetchAsync(page, Stop);
    }

    private string At(string url) => new UriBuilder(url) { Port = new Uri(_web.Origin).Port }.Uri.AbsoluteUri;

    private PageFetcher Named()
    {
        var names = new MapResolver();
        foreach (var host in new[] { "blog.example", "portal.example", "closed.example" })
            names.Add(host, "127.0.0.1");
        return new PageFetcher(new FetchOptions { AllowPrivateNetworks = true }, names, _clock);
    }

    private ControlProbe Probe(params string[] paths) => new(
        _fetcher,
        ControlAddresses.Read(string.Join(' ', paths is [] ? [$"{_web.Origin}/"] : paths.Select(Address))),
        Every,
        _clock);

    private string Address(string path) => path.Length == 0 ? "" : _web.Origin + path;
}
