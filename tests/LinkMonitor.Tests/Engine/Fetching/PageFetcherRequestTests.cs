using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Testing;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Fetching;

public sealed class PageFetcherRequestTests : IAsyncLifetime
{
    private LocalWeb _web = null!;

    public async ValueTask InitializeAsync() => _web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    [Fact]
    public async Task The_request_says_who_we_are_and_what_we_read()
    {
        _web.MapHtml("/page", "hello");

        await Web.AnswerAsync(_web.Url("/page?a=1&b=%20c"), Web.Loopback with { UserAgent = "Tester/2.0 (+https://example.org/bot)" });

        var request = Assert.Single(_web.Requests);
        Assert.Equal("GET", request.Method);
        Assert.Equal("?a=1&b=%20c", request.Query);
        Assert.Equal("Tester/2.0 (+https://example.org/bot)", request.Headers["User-Agent"]);
        Assert.StartsWith("text/html", request.Headers["Accept"], StringComparison.Ordinal);
        Assert.Equal("gzip, br, deflate", request.Headers["Accept-Encoding"]);
        Assert.Equal("en, *;q=0.5", request.Headers["Accept-Language"]);
        Assert.Equal(
            ["Accept", "Accept-Encoding", "Accept-Language", "Host", "User-Agent"], request.Headers.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Repeated_header_fields_keep_every_value_as_it_was_sent()
    {
        await using var server = RawServer.Saying(
            "HTTP/1.1 200 OK\r\nX-Robots-Tag: googlebot: nofollow\r\nContent-Type: text/html;;charset=\"utf-8\r\n"
            + "X-Robots-Tag: noindex, nofollow\r\nLink: <https://example.org/\u00e9>; rel=\"canonical\"\r\nContent-Length: 0\r\n\r\n");

        var answer = await Web.AnswerAsync(server.Url("/"));

        Assert.Equal(["googlebot: nofollow", "noindex, nofollow"], answer.Headers.Values("x-robots-tag"));
        Assert.Equal("text/html;;charset=\"utf-8", answer.Headers.First("Content-Type"));
        Assert.Equal("<https://example.org/\u00e9>; rel=\"canonical\"", answer.Headers.First("Link"));
    }

    [Fact]
    public async Task A_second_check_uses_the_connection_of_the_first()
    {
        _web.MapHtml("/", "hello");
        using var fetcher = new PageFetcher(Web.Loopback, new MapResolver(), TimeProvider.System);

        await fetcher.FetchAsync(Web.Parse(_web.Url("/")), TestContext.Current.CancellationToken);
        await fetcher.FetchAsync(Web.Parse(_web.Url("/")), TestContext.Current.CancellationToken);

        Assert.Equal(2, _web.Requests.Count);
        Assert.Equal(1, _web.Connections);
    }

    [Fact]
    public async Task Many_pages_are_fetched_at_once_with_one_fetcher()
    {
        _web.MapHtml("/*", "hello");
        using var fetcher = new PageFetcher(Web.Loopback, new MapResolver(), TimeProvider.System);

        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(
            page => fetcher.FetchAsync(Web.Parse(_web.Url($"/{page}")), TestContext.Current.CancellationToken)));

        Assert.All(results, result => Assert.Equal(200, Assert.IsType<FetchedResponse>(result).Status));
    }
}
