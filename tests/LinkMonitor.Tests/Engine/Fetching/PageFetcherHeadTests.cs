using System.Net.Security;
using System.Text;
using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Fetching.Addresses;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Testing;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Fetching;

/// <summary>Heads that browsers take and .NET's client gives up at.</summary>
public sealed class PageFetcherHeadTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Tue, 12 Jun 2012 01:56:34 GMT")]
    [InlineData(": nothing")]
    [InlineData("<b>Notice</b>: Undefined index in index.php on line 3")]
    [InlineData("PHP Warning")]
    [InlineData("Content Type: text/plain")]
    [InlineData("X(1): a")]
    [InlineData("Content-Length: -1")]
    [InlineData("Content-Length: abc")]
    public async Task A_line_that_browsers_skip_keeps_nobody_from_reading_the_page(string line)
    {
        await using var server = RawServer.Saying(
            $"HTTP/1.1 200 OK\r\n{line}\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<p>here");

        var answer = await Web.AnswerAsync(server.Url("/"));

        Assert.Equal("<p>here", Encoding.UTF8.GetString(answer.Body.Span));
        Assert.Equal("text/html", answer.Headers.ContentType);
    }

    [Fact]
    public async Task A_head_of_250_kilobytes_is_read()
    {
        var padding = string.Concat(Enumerable.Range(0, 250).Select(i => $"X-{i}: {new string('a', 1000)}\r\n"));
        await using var server = RawServer.Saying($"HTTP/1.1 200 OK\r\n{padding}Content-Length: 4\r\n\r\nhere");

        Assert.Equal(4, (await Web.AnswerAsync(server.Url("/"))).Body.Length);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pages_on_one_connection_come_whole_though_they_look_like_heads(bool isChunked)
    {
        // As text of a page, each of these must arrive as it was sent.
        const string page = "HTTP/1.1 200 OK\r\nno colon here\r\n\r\n0\r\nGET / HTTP/1.1\r\n\r\nanother line\r\n\r\n";
        await using var server = RawServer.Start(async (connection, cancellationToken) =>
        {
            while (true)
            {
                await connection.ReadRequestAsync(cancellationToken);
                var body = isChunked
                    ? $"Transfer-Encoding: chunked\r\n\r\n{page.Length:x}\r\n{page}\r\n5;a=b\r\nHello\r\n0\r\nno colon\r\nX-End: 1\r\n\r\n"
                    : $"Content-Length: {page.Length + 5}\r\n\r\n{page}Hello";
                foreach (var piece in $"HTTP/1.1 200 OK\r\nno colon\r\n{body}".Chunk(11))
                    await connection.WriteAsync(new string(piece), cancellationToken);
            }
        });
        using var fetcher = new PageFetcher(Web.Loopback, new MapResolver(), TimeProvider.System);

        for (var i = 0; i < 5; i++)
        {
            var answer = Assert.IsType<FetchedResponse>(await fetcher.FetchAsync(Web.Parse(server.Url("/")), Token));
            Assert.Equal(page + "Hello", Encoding.Latin1.GetString(answer.Body.Span));
        }

        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task Heads_behind_tls_are_mended_too()
    {
        using var certificate = UntrustedCertificate.Create("localhost");
        await using var server = RawServer.Start(async (connection, cancellationToken) =>
        {
            await using var tls = new SslStream(connection.Stream);
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, cancellationToken);
            await tls.ReadExactlyAsync(new byte[16], cancellationToken);
            await tls.WriteAsync(
                "HTTP/1.1 200 OK\r\nno colon here\r\nContent-Length: 4\r\nConnection: close\r\n\r\nhere"u8.ToArray(), cancellationToken);
            await tls.ShutdownAsync();
            await connection.ClientLeftAsync(cancellationToken);
        });
        using var fetcher = new PageFetcher(
            Web.Loopback,
            TimeProvider.System,
            policy => new AddressGate(policy, new MapResolver(), TimeProvider.System, Web.Loopback.ConnectTimeout),
            (_, shown, _, _) => shown?.Subject == "CN=localhost");

        var answer = Assert.IsType<FetchedResponse>(await fetcher.FetchAsync(Web.Parse($"https://127.0.0.1:{server.Port}/"), Token));

        Assert.Equal("here", Encoding.Latin1.GetString(answer.Body.Span));
    }

    [Fact]
    public async Task A_last_chunk_without_its_empty_line_is_the_end()
    {
        await using var server = RawServer.Saying("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhere\r\n0\r\n");

        Assert.Equal("here", Encoding.Latin1.GetString((await Web.AnswerAsync(server.Url("/"))).Body.Span));
    }

    [Theory]
    [InlineData("text/html; charset=a", "text/html; charset=b", "text/html; charset=b")]
    [InlineData("text/html; charset=a", "text/html", "text/html; charset=a")]
    [InlineData("text/html; charset=a", "text/plain", "text/plain")]
    [InlineData("text/plain; charset=a", "text/html; x=y", "text/html; x=y")]
    [InlineData("text/html; charset=a", "nonsense", "text/html; charset=a")]
    [InlineData("text/html; charset=a", "*/*", "text/html; charset=a")]
    [InlineData("text/html; charset=a", "", "text/html; charset=a")]
    [InlineData("nonsense", "more nonsense", "more nonsense")]
    [InlineData("text/plain, text/html; charset=\"a,b\"", "TEXT/HTML", "TEXT/HTML; charset=\"a,b\"")]
    public void Of_several_content_types_the_last_one_counts(string first, string second, string expected)
    {
        var headers = new ResponseHeaders([KeyValuePair.Create("Content-Type", first), KeyValuePair.Create("content-type", second)]);

        Assert.Equal(expected, headers.ContentType);
    }
}
