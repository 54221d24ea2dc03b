using System.Net.Sockets;
using LinkMonitor.Engine.Fetching.Addresses;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Testing;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Fetching;

/// <summary>One way at least to every <see cref="FetchFailure"/> that is not about redirects, bodies or addresses.</summary>
public sealed class PageFetcherFailureTests
{
    [Fact]
    public async Task A_name_that_does_not_exist_is_not_found()
    {
        var failed = await Web.FailureAsync("http://gone.example/", resolver: new MapResolver());

        Assert.Equal(FetchFailure.NameNotFound, failed.Failure);
        Assert.Equal("DNS has no address for gone.example: the domain may have expired, or the name is misspelt.", failed.Message);
        Assert.Null(failed.Status);
    }

    [Fact]
    public async Task A_host_that_dns_could_not_know_is_refused()
    {
        var failed = await Web.FailureAsync("http://a!b.example/");

        Assert.Equal(FetchFailure.Refused, failed.Failure);
        Assert.Contains("not a valid DNS name", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failing_dns_server_says_nothing_about_the_name()
    {
        var failed = await Web.FailureAsync("http://site.example/", resolver: new MapResolver().Add("site.example", NameAnswer.Failed));

        Assert.Equal(FetchFailure.NameLookupFailed, failed.Failure);
    }

    [Fact]
    public async Task A_look_up_without_network_is_our_own_fault()
    {
        var failed = await Web.FailureAsync("http://site.example/", resolver: new MapResolver().Add("site.example", NameAnswer.NoNetwork));

        Assert.Equal(FetchFailure.OurNetwork, failed.Failure);
    }

    [Fact]
    public async Task An_address_without_route_is_our_own_fault()
    {
        // Linux and Windows refuse TCP to the broadcast address before a packet is made.
        var failed = await Web.FailureAsync("http://site.example/", resolver: new MapResolver().Add("site.example", "255.255.255.255"));

        Assert.Equal(FetchFailure.OurNetwork, failed.Failure);
    }

    [Fact]
    public async Task A_closed_port_is_a_failed_connection()
    {
        using var closed = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        closed.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        var port = ((System.Net.IPEndPoint)closed.LocalEndPoint!).Port;

        var failed = await Web.FailureAsync($"http://127.0.0.1:{port}/");

        Assert.Equal(FetchFailure.ConnectFailed, failed.Failure);
        Assert.Equal($"127.0.0.1 refused a connection on port {port}: no web server runs there at the moment.", failed.Message);
    }

    [Fact]
    public async Task An_untrusted_certificate_is_a_tls_failure()
    {
        await using var web = await LocalWeb.StartUntrustedTlsAsync(TestContext.Current.CancellationToken);

        var failed = await Web.FailureAsync(web.Url("/"));

        Assert.Equal(FetchFailure.TlsFailed, failed.Failure);
        Assert.Contains("certificate", failed.Message, StringComparison.Ordinal);
        Assert.Empty(web.Requests);
    }

    [Fact]
    public async Task A_server_that_does_not_speak_tls_is_a_tls_failure()
    {
        await using var server = RawServer.Start(async (connection, cancellationToken) =>
        {
            await connection.WriteAsync("SSH-2.0-OpenSSH_9.6\r\n", cancellationToken);
            await connection.ClientLeftAsync(cancellationToken);
        });

        var failed = await Web.FailureAsync($"https://127.0.0.1:{server.Port}/");

        Assert.Equal(FetchFailure.TlsFailed, failed.Failure);
    }

    [Fact]
    public async Task A_tls_handshake_that_never_ends_is_a_tls_failure_and_not_the_deadline()
    {
        await using var server = RawServer.Start((connection, cancellationToken) => connection.ClientLeftAsync(cancellationToken));

        var failed = await Web.FailureAsync(
            $"https://127.0.0.1:{server.Port}/", Web.Loopback with { ConnectTimeout = TimeSpan.FromMilliseconds(200) });

        Assert.Equal(FetchFailure.TlsFailed, failed.Failure);
        Assert.Contains("did not finish the TLS handshake", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n")]
    public async Task A_connection_that_ends_before_the_headers_is_lost(string answer)
    {
        await using var server = RawServer.Saying(answer);

        var failed = await Web.FailureAsync(server.Url("/"));

        Assert.Equal(FetchFailure.ConnectionLost, failed.Failure);
        Assert.Null(failed.Status);
    }

    [Fact]
    public async Task A_reset_connection_is_lost()
    {
        await using var server = RawServer.Start(async (connection, cancellationToken) =>
        {
            await connection.ReadRequestAsync(cancellationToken);
            connection.Reset();
        });

        var failed = await Web.FailureAsync(server.Url("/"));

        Assert.Equal(FetchFailure.ConnectionLost, failed.Failure);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<html>only this")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<html\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n<html")]
    public async Task A_body_that_ends_early_is_lost_and_keeps_its_status(string answer)
    {
        await using var server = RawServer.Saying(answer);

        var failed = await Web.FailureAsync(server.Url("/"));

        Assert.Equal(FetchFailure.ConnectionLost, failed.Failure);
        Assert.Equal(200, failed.Status);
    }

    [Theory]
    [InlineData("Content-Length: 1000\r\n\r\n<html><p>all</html>")]
    [InlineData("Content-Length: 1000\r\n\r\n<html><p>all</HTML>\r\n \t")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n13\r\n<html><p>all</html>\r\n")]
    public async Task A_connection_that_breaks_behind_the_page_takes_nothing_from_it(string rest)
    {
        await using var server = RawServer.Saying("HTTP/1.1 200 OK\r\n" + rest);

        var answer = await Web.AnswerAsync(server.Url("/"));

        Assert.StartsWith("<html><p>all", System.Text.Encoding.UTF8.GetString(answer.Body.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reset_inside_the_body_is_lost_and_keeps_its_status()
    {
        await using var server = RawServer.Start(async (connection, cancellationToken) =>
        {
            await connection.ReadRequestAsync(cancellationToken);
            await connection.WriteAsync("HTTP/1.1 503 Busy\r\nContent-Length: 50\r\n\r\nabc", cancellationToken);
            await connection.Stream.FlushAsync(cancellationToken);
            connection.Reset();
        });

        var failed = await Web.FailureAsync(server.Url("/"));

        Assert.Equal(FetchFailure.ConnectionLost, failed.Failure);
    }

    [Theory]
    [InlineData("hello, I am no web server\r\n\r\n")]
    [InlineData("HTTP/1.1 abc OK\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnot-a-length\r\nabc\r\n0\r\n\r\n")]
    public async Task An_answer_that_breaks_http_is_invalid(string answer)
    {
        await using var server = RawServer.Saying(answer);

        var failed = await Web.FailureAsync(server.Url("/"));

        Assert.Equal(FetchFailure.InvalidResponse, failed.Failure);
    }

    [Fact]
    public async Task Headers_beyond_the_limit_are_invalid()
    {
        var huge = string.Concat(Enumerable.Range(0, 300).Select(i => $"X-Padding-{i}: {new string('a', 1000)}\r\n"));
        await using var server = RawServer.Saying($"HTTP/1.1 200 OK\r\n{huge}Content-Length: 0\r\n\r\n");

        var failed = await Web.FailureAsync(server.Url("/"));

        Assert.Equal(FetchFailure.InvalidResponse, failed.Failure);
        Assert.Contains("256 KiB", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_never_carries_control_characters_of_the_server()
    {
        await using var server = RawServer.Saying("nonsense\u0007 with control characters\r\n\r\n");

        var failed = await Web.FailureAsync(server.Url("/"));

        Assert.Contains("nonsense", failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(failed.Message, char.IsControl);
    }
}
