using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Testing;
using LinkMonitor.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.Tests.Engine.Fetching;

public sealed class PageFetcherRedirectTests : IAsyncLifetime
{
    private LocalWeb _web = null!;

    public async ValueTask InitializeAsync() => _web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Redirects_are_followed_and_recorded(int status)
    {
        _web.MapRedirect("/old", "/new", status).MapHtml("/new", "here");

        var answer = await Web.AnswerAsync(_web.Url("/old"));

        Assert.Equal(200, answer.Status);
        Assert.Equal(_web.Url("/old"), answer.Url.Href);
        Assert.Equal(_web.Url("/new"), answer.FinalUrl.Href);
        Assert.Equal([new Redirect(Web.Parse(_web.Url("/old")), status)], answer.Redirects);
        Assert.All(_web.Requests, request => Assert.Equal("GET", request.Method));
    }

    [Theory]
    [InlineData(300)]
    [InlineData(304)]
    [InlineData(305)]
    [InlineData(306)]
    public async Task Other_statuses_of_the_300s_are_answers(int status)
    {
        _web.MapRedirect("/", "/elsewhere", status);

        var answer = await Web.AnswerAsync(_web.Url("/"));

        Assert.Equal(status, answer.Status);
        Assert.Single(_web.Requests);
    }

    [Theory]
    [InlineData("end", "/a/b/end")]
    [InlineData("../end", "/a/end")]
    [InlineData("/end?q=1", "/end?q=1")]
    [InlineData("?q=2", "/a/b/c?q=2")]
    [InlineData("./end", "/a/b/end")]
    public async Task A_location_is_resolved_against_the_url_that_sent_it(string location, string expected)
    {
        _web.MapRedirect("/start", "/a/b/c").Map("/*", _ => Task.CompletedTask).Map("/a/b/c", context =>
        {
            if (!context.Request.QueryString.HasValue)
                context.Response.Redirect(location);
            return Task.CompletedTask;
        });

        var answer = await Web.AnswerAsync(_web.Url("/start"));

        Assert.Equal(_web.Url(expected), answer.FinalUrl.Href);
        Assert.Equal(2, answer.Redirects.Count);
    }

    [Fact]
    public async Task A_location_without_scheme_keeps_the_scheme_of_the_page()
    {
        _web.MapRedirect("/", $"//other.example:{_web.Port}/end").MapHtml("/end", "here");

        var answer = await Web.AnswerAsync(_web.Url("/"), resolver: new MapResolver().Add("other.example", "127.0.0.1"));

        Assert.Equal(_web.Url("other.example", "/end"), answer.FinalUrl.Href);
    }

    [Theory]
    [InlineData("/caf\u00c3\u00a9", "/caf%C3%A9")]
    [InlineData("/caf\u00e9", "/caf%E9")]
    public async Task Bytes_of_a_location_beyond_ascii_are_escaped_as_they_came(string location, string expected)
    {
        await using var server = RawServer.Start(async (connection, cancellationToken) =>
        {
            var request = await connection.ReadRequestAsync(cancellationToken);
            var answer = request.StartsWith("GET / ", StringComparison.Ordinal)
                ? $"HTTP/1.1 302 Found\r\nLocation: {location}\r\n"
                : "HTTP/1.1 200 OK\r\n";
            await connection.WriteAsync(answer + "Content-Length: 0\r\nConnection: close\r\n\r\n", cancellationToken);
        });

        var result = await Web.AnswerAsync(server.Url("/"));

        Assert.Equal(server.Url(expected), result.FinalUrl.Href);
    }

    [Fact]
    public async Task A_fragment_stays_in_the_record_and_off_the_wire()
    {
        _web.MapRedirect("/old", "/new#part").MapHtml("/new", "here");

        var answer = await Web.AnswerAsync(_web.Url("/old#top"));

        Assert.Equal(_web.Url("/new#part"), answer.FinalUrl.Href);
        Assert.Equal(["/old", "/new"], _web.Requests.Select(request => request.Path + request.Query));
    }

    [Fact]
    public async Task Ten_redirects_are_followed()
    {
        MapChain(10);

        var answer = await Web.AnswerAsync(_web.Url("/0"));

        Assert.Equal(200, answer.Status);
        Assert.Equal(10, answer.Redirects.Count);
    }

    [Fact]
    public async Task Eleven_redirects_are_too_many()
    {
        MapChain(11);

        var failed = await Web.FailureAsync(_web.Url("/0"));

        Assert.Equal(FetchFailure.TooManyRedirects, failed.Failure);
        Assert.Equal(11, _web.Requests.Count);
        Assert.Equal(302, failed.Status);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/#again")]
    [InlineData("/b")]
    public async Task A_loop_is_found_when_it_closes(string location)
    {
        _web.MapRedirect("/", location).MapRedirect("/b", "/");

        var failed = await Web.FailureAsync(_web.Url("/"));

        Assert.Equal(FetchFailure.RedirectLoop, failed.Failure);
        Assert.Equal(location == "/b" ? 2 : 1, _web.Requests.Count);
        Assert.Equal(failed.Redirects.Count, _web.Requests.Count);
    }

    [Fact]
    public async Task A_cookie_that_changes_breaks_a_loop()
    {
        _web.Map("/", context =>
        {
            if (context.Request.Cookies["seen"] == "1")
                return context.Response.WriteAsync("welcome", context.RequestAborted);
            context.Response.Headers.SetCookie = "seen=1; Path=/; HttpOnly";
            context.Response.Redirect("/");
            return Task.CompletedTask;
        });

        var answer = await Web.AnswerAsync(_web.Url("/"));

        Assert.Equal(200, answer.Status);
        Assert.Equal("seen=1", _web.Requests[1].Headers["Cookie"]);
    }

    [Fact]
    public async Task A_cookie_that_stays_the_same_does_not_break_a_loop()
    {
        _web.Map("/", context =>
        {
            context.Response.Headers.SetCookie = "seen=1";
            context.Response.Redirect("/");
            return Task.CompletedTask;
        });

        var failed = await Web.FailureAsync(_web.Url("/"));

        Assert.Equal(FetchFailure.RedirectLoop, failed.Failure);
        Assert.Equal(2, _web.Requests.Count);
    }

    [Fact]
    public async Task Cookies_do_not_outlive_a_check_and_do_not_go_to_another_site()
    {
        var resolver = new MapResolver().Add("a.example", "127.0.0.1").Add("b.example", "127.0.0.1");
        _web.MapHtml("/end", "here").Map("/", context =>
        {
            context.Response.Headers.SetCookie = "secret=1; Path=/";
            context.Response.Redirect(_web.Url("b.example", "/end"));
            return Task.CompletedTask;
        });
        using var fetcher = new PageFetcher(Web.Loopback, resolver, TimeProvider.System);

        await fetcher.FetchAsync(Web.Parse(_web.Url("a.example", "/")), TestContext.Current.CancellationToken);
        await fetcher.FetchAsync(Web.Parse(_web.Url("a.example", "/")), TestContext.Current.CancellationToken);

        Assert.Equal(4, _web.Requests.Count);
        Assert.All(_web.Requests, request => Assert.DoesNotContain("Cookie", request.Headers.Keys));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Location:\r\n")]
    [InlineData("Location: \t \r\n")]
    public async Task A_redirect_that_does_not_say_where_to_is_shown_as_it_stands(string location)
    {
        await using var server = RawServer.Saying($"HTTP/1.1 302 Found\r\n{location}Content-Length: 4\r\n\r\nhere");

        var answer = await Web.AnswerAsync(server.Url("/"));

        Assert.Equal((302, "here"), (answer.Status, System.Text.Encoding.UTF8.GetString(answer.Body.Span)));
        Assert.Empty(answer.Redirects);
    }

    [Theory]
    [InlineData("Location: http://[::1\r\n")]
    [InlineData("Location: http://\r\n")]
    [InlineData("Location: http://a!b.example/\r\n")]
    [InlineData("Location: mailto:webmaster@example.org\r\n")]
    [InlineData("Location: file:///etc/passwd\r\n")]
    [InlineData("Location: javascript:alert(1)\r\n")]
    [InlineData("Location: /a\r\nLocation: /b\r\n")]
    public async Task A_redirect_to_nowhere_is_invalid_and_keeps_its_status(string location)
    {
        await using var server = RawServer.Saying($"HTTP/1.1 301 Moved\r\n{location}Content-Length: 0\r\n\r\n");

        var failed = await Web.FailureAsync(server.Url("/"));

        Assert.Equal(FetchFailure.InvalidRedirect, failed.Failure);
        Assert.Equal(301, failed.Status);
        Assert.Empty(failed.Redirects);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task No_redirect_is_followed_when_the_limit_is_zero()
    {
        _web.MapRedirect("/", "/end");

        var failed = await Web.FailureAsync(_web.Url("/"), Web.Loopback with { MaxRedirects = 0 });

        Assert.Equal(FetchFailure.TooManyRedirects, failed.Failure);
        Assert.Single(_web.Requests);
    }

    private void MapChain(int length)
    {
        for (var step = 0; step < length; step++)
            _web.MapRedirect($"/{step}", $"/{step + 1}");
        _web.MapHtml($"/{length}", "the end");
    }
}
