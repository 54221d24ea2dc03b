using System.Text;
using LinkMonitor.Api.Pipeline;

namespace LinkMonitor.Tests.Api.Pipeline;

/// <summary>What the web server refuses by itself gets a document; whatever else is written stays as it is.</summary>
public sealed class RefusalWriterTests
{
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nX-Content-Type-Options: nosniff\r\n\r\n")]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 12\r\n\r\n")]
    [InlineData("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n")]
    [InlineData("{\"title\":\"HTTP/1.1 400\"}")]
    [InlineData("")]
    public void What_is_no_refusal_of_the_server_is_left_alone(string written) =>
        Assert.Null(RefusalWriter.Described(Encoding.ASCII.GetBytes(written), "0HN1"));

    [Theory]
    [InlineData(400, "cannot be read")]
    [InlineData(408, "too slowly")]
    [InlineData(414, "address is too long")]
    [InlineData(431, "headers are too large")]
    public void A_refusal_says_what_is_wrong(int status, string words)
    {
        var head = $"HTTP/1.1 {status} Some Words\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

        var answer = Encoding.UTF8.GetString(RefusalWriter.Described(Encoding.ASCII.GetBytes(head), "0HN1")!);

        Assert.StartsWith($"HTTP/1.1 {status} Some Words\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nConnection: close\r\n\r\n{", answer, StringComparison.Ordinal);
        Assert.Contains(words, answer, StringComparison.Ordinal);
        Assert.Contains("\"traceId\":\"0HN1\"", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET /%00 HTTP/1.1\r\nHost: x\r\nSec-Fetch-Mode: navigate\r\n\r\n", true)]
    [InlineData("GET /%00 HTTP/1.1\r\nsec-fetch-mode: navigate\r\n\r\n", true)]
    [InlineData("GET /%00 HTTP/1.1\r\nSec-Fetch-Mode: cors\r\n\r\n", false)]
    [InlineData("GET /app/%00 HTTP/1.1\r\n\r\n", true)]
    [InlineData("GET /api/v1/%00 HTTP/1.1\r\nSec-Fetch-Mode: navigate\r\n\r\n", false)]
    [InlineData("POST /app/%00 HTTP/1.1\r\nSec-Fetch-Mode: navigate\r\n\r\n", false)]
    [InlineData("Sec-Fetch-Mode: navigate\r\n", false)]
    [InlineData("", false)]
    public async Task The_last_that_was_read_tells_whether_a_browser_asks(string read, bool isBrowser)
    {
        var (pipe, stop) = (new System.IO.Pipelines.Pipe(), TestContext.Current.CancellationToken);
        var peek = new RequestPeek(pipe.Reader);
        await pipe.Writer.WriteAsync("GET / HTTP/1.1\r\nSec-Fetch-Mode: navigate\r\n\r\n"u8.ToArray(), stop);
        peek.AdvanceTo((await peek.ReadAsync(stop)).Buffer.End);
        Assert.True(peek.IsNavigation);

        await pipe.Writer.WriteAsync(Encoding.ASCII.GetBytes(read.Length == 0 ? "x" : read), stop);
        Assert.True(peek.TryRead(out _));

        Assert.Equal(isBrowser, peek.IsNavigation);
    }
}
