using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Fetching.Addresses;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Testing;
using LinkMonitor.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.Tests.Engine.Fetching;

public sealed class PageFetcherHttp2Tests : IAsyncLifetime
{
    private readonly PageFetcher _fetcher = new(
        Web.Loopback,
        TimeProvider.System,
        policy => new AddressGate(policy, new MapResolver(), TimeProvider.System, Web.Loopback.ConnectTimeout),
        (_, certificate, _, _) => certificate?.Subject == "CN=localhost");

    private LocalWeb _web = null!;

    public async ValueTask InitializeAsync() => _web = await LocalWeb.StartUntrustedTlsAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        _fetcher.Dispose();
        await _web.DisposeAsync();
    }

    [Fact]
    public async Task Http_2_is_spoken_where_the_server_offers_it()
    {
        _web.MapRedirect("/", "/end").MapHtml("/end", "hello");

        var result = await FetchAsync("/");

        Assert.Equal(200, Assert.IsType<FetchedResponse>(result).Status);
        Assert.All(_web.Requests, request => Assert.Equal("HTTP/2", request.Protocol));
    }

    [Fact]
    public async Task A_stream_that_is_reset_before_its_headers_is_lost()
    {
        _web.Map("/", context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        var failed = Assert.IsType<FetchFailed>(await FetchAsync("/"));

        Assert.Equal(FetchFailure.ConnectionLost, failed.Failure);
        Assert.Null(failed.Status);
    }

    [Fact]
    public async Task A_stream_that_is_reset_inside_its_body_is_lost()
    {
        _web.Map("/", async context =>
        {
            await context.Response.WriteAsync("<html>only this", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            context.Abort();
        });

        var failed = Assert.IsType<FetchFailed>(await FetchAsync("/"));

        Assert.Equal(FetchFailure.ConnectionLost, failed.Failure);
    }

    [Fact]
    public async Task A_declared_length_that_is_not_reached_is_no_answer()
    {
        _web.Map("/", async context =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.WriteAsync("<html>only this", context.RequestAborted);
        });

        var failed = Assert.IsType<FetchFailed>(await FetchAsync("/"));

        Assert.Equal(FetchFailure.ConnectionLost, failed.Failure);
    }

    private Task<FetchResult> FetchAsync(string path) =>
        _fetcher.FetchAsync(Web.Parse(_web.Url(path)), TestContext.Current.CancellationToken);
}
