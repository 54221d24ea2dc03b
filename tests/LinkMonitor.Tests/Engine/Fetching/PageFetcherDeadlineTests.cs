using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Fetching.Addresses;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Testing;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Fetching;

public sealed class PageFetcherDeadlineTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task A_server_that_never_answers_times_out_without_status()
    {
        var asked = new TaskCompletionSource();
        await using var server = RawServer.Start(async (connection, cancellationToken) =>
        {
            await connection.ReadRequestAsync(cancellationToken);
            asked.SetResult();
            await connection.ClientLeftAsync(cancellationToken);
        });
        using var fetcher = Fetcher();

        var fetching = fetcher.FetchAsync(Web.Parse(server.Url("/")), TestContext.Current.CancellationToken);
        await asked.Task.WaitAsync(TestContext.Current.CancellationToken);
        _clock.Advance(TimeSpan.FromSeconds(30));
        var failed = Assert.IsType<FetchFailed>(await fetching);

        Assert.Equal(FetchFailure.TimedOut, failed.Failure);
        Assert.Null(failed.Status);
        Assert.Equal(TimeSpan.FromSeconds(30), failed.Duration);
        Assert.Contains("did not answer within 30 s", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dripping_body_cannot_outlast_the_deadline()
    {
        var dripped = new TaskCompletionSource();
        var left = new TaskCompletionSource();
        await using var server = RawServer.Start(async (connection, cancellationToken) =>
        {
            await connection.ReadRequestAsync(cancellationToken);
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", cancellationToken);
            for (var drops = 0; drops < 3; drops++)
            {
                await connection.WriteAsync("1\r\nx\r\n", cancellationToken);
                _clock.Advance(TimeSpan.FromSeconds(9));
            }

            dripped.SetResult();
            await connection.ClientLeftAsync(cancellationToken);
            left.SetResult();
        });
        using var fetcher = Fetcher();

        var fetching = fetcher.FetchAsync(Web.Parse(server.Url("/")), TestContext.Current.CancellationToken);
        await dripped.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.False(fetching.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(3));
        var failed = Assert.IsType<FetchFailed>(await fetching);
        await left.Task.WaitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(FetchFailure.TimedOut, failed.Failure);
    }

    [Fact]
    public async Task The_deadline_covers_all_redirects_together()
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        web.Map("/*", context =>
        {
            _clock.Advance(TimeSpan.FromSeconds(12));
            context.Response.Redirect(context.Request.Path + "x");
            return Task.CompletedTask;
        });
        using var fetcher = Fetcher();

        var result = await fetcher.FetchAsync(Web.Parse(web.Url("/")), TestContext.Current.CancellationToken);

        Assert.Equal(FetchFailure.TimedOut, Assert.IsType<FetchFailed>(result).Failure);
        Assert.InRange(result.Redirects.Count, 1, 2);
    }

    [Fact]
    public async Task The_deadline_covers_the_look_up()
    {
        var asked = new TaskCompletionSource();
        using var fetcher = new PageFetcher(
            Web.Loopback with { ConnectTimeout = TimeSpan.FromMinutes(1) }, new SilentResolver(asked), _clock);

        var fetching = fetcher.FetchAsync(Web.Parse("http://site.example/"), TestContext.Current.CancellationToken);
        await asked.Task.WaitAsync(TestContext.Current.CancellationToken);
        _clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(FetchFailure.TimedOut, Assert.IsType<FetchFailed>(await fetching).Failure);
    }

    [Fact]
    public async Task Cancellation_by_the_caller_is_thrown_and_no_value()
    {
        using var caller = new CancellationTokenSource();
        await using var server = RawServer.Start(async (connection, cancellationToken) =>
        {
            await connection.ReadRequestAsync(cancellationToken);
            await caller.CancelAsync();
            await connection.ClientLeftAsync(cancellationToken);
        });
        using var fetcher = Fetcher();

        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => fetcher.FetchAsync(Web.Parse(server.Url("/")), caller.Token));

        Assert.Equal(caller.Token, thrown.CancellationToken);
    }

    [Fact]
    public async Task A_check_starts_at_the_time_of_the_clock()
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        web.Map("/", _ =>
        {
            _clock.Advance(TimeSpan.FromSeconds(2));
            return Task.CompletedTask;
        });
        var now = _clock.GetUtcNow();
        using var fetcher = Fetcher();

        var result = await fetcher.FetchAsync(Web.Parse(web.Url("/")), TestContext.Current.CancellationToken);

        Assert.Equal(now, result.StartedAt);
        Assert.Equal(TimeSpan.FromSeconds(2), result.Duration);
    }

    private PageFetcher Fetcher() => new(Web.Loopback, new MapResolver(), _clock);

    private sealed class SilentResolver(TaskCompletionSource asked) : INameResolver
    {
        public async ValueTask<NameAnswer> ResolveAsync(string host, CancellationToken cancellationToken)
        {
            asked.TrySetResult();
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            return NameAnswer.Failed;
        }
    }
}
