using System.Text;
using LinkMonitor.Engine.Fetching.Decoding;

namespace LinkMonitor.Tests.Engine.Fetching.Decoding;

/// <summary>What a client gets to read of a connection, whatever pieces it arrives in.</summary>
public sealed class LenientHeadStreamTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: a.example\r\n\r\n";

    public static TheoryData<string, string> Answers => new()
    {
        { "HTTP/1.1 200 OK\r\nA: b\r\n\r\nbody", "HTTP/1.1 200 OK\r\nA: b\r\n\r\nbody" },
        { "HTTP/1.1 200 OK\nA: b\n\nbody\n\n", "HTTP/1.1 200 OK\r\nA: b\r\n\r\nbody\n\n" },
        { "HTTP/1.1 200 OK\r\nno colon\r\nA: b\r\n\r\nno colon\r\n\r\n", "HTTP/1.1 200 OK\r\nA: b\r\n\r\nno colon\r\n\r\n" },
        { "HTTP/1.1 200 OK\r\n: x\r\nA B: c\r\n<b>: d\r\n\u00e4: e\r\nA\u0000: f\r\nA \t: b\r\n\r\n", "HTTP/1.1 200 OK\r\nA: b\r\n\r\n" },
        { "HTTP/1.1 200 OK\r\n first: x\r\nA: b\r\n c\r\nbad\r\n more: d\r\n\r\n", "HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n" },
        { "HTTP/1.1 200 OK\r\nA: b\rbad\rC: d\r\n\r\n", "HTTP/1.1 200 OK\r\nA: b\r\nC: d\r\n\r\n" },
        { "HTTP/1.1 200 OK\r\nA: b\0c\r\n\r\n\0", "HTTP/1.1 200 OK\r\nA: bc\r\n\r\n\0" },
        {
            "HTTP/1.1 200 OK\r\nContent-Length: -1\r\nContent-length: 4 \r\ncontent-length:\r\nContent-Length: 1e3\r\n\r\nbody",
            "HTTP/1.1 200 OK\r\nContent-length: 4\r\n\r\nbody"
        },
        { "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nbody", "HTTP/1.1 200 OK\r\n\r\nbody" },
        { "\r\nhttp/1.1  200   Very well \r\nA: b\r\n\r\n", "HTTP/1.1 200 Very well\r\nA: b\r\n\r\n" },
        { "HTTP/1.0 200\r\n\r\n", "HTTP/1.0 200 \r\n\r\n" },
        { "abcHTTP/2 404 No\r\n\r\n", "HTTP/1.1 404 No\r\n\r\n" },
        { "abcdeHTTP/1.1 200 OK\r\n\r\n", "abcdeHTTP/1.1 200 OK\r\n\r\n" },
        { "HTTP/1.1 abc\r\nbad\r\n\r\n", "HTTP/1.1 abc\r\n\r\n" },
        {
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nbad\r\n\r\nHTTP/1.1 200 OK\r\nbad\r\n\r\nbad\r\n\r\n",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\n\r\nHTTP/1.1 200 OK\r\n\r\nbad\r\n\r\n"
        },
        { "HTTP/1.1 200 OK\r\nA: cut", "HTTP/1.1 200 OK\r\nA: cut" },
        { "", "" },
        {
            Chunked("4;x=y\r\nbad\n\r\n0a\r\n0\r\n\r\nbad\r\n\r\n0\r\nbad\r\nA: b\r\n\r\nnext"),
            Chunked("4;x=y\r\nbad\n\r\n0a\r\n0\r\n\r\nbad\r\n\r\n0\r\nA: b\r\n\r\nnext")
        },
        { Chunked("3\r\nabc\r\n000\r\n"), Chunked("3\r\nabc\r\n000\r\n\r\n") },
        { Chunked("3\r\nabc\r\n0\r\n\r"), Chunked("3\r\nabc\r\n0\r\n\r\n") },
        { Chunked("3\r\nabc\r\n"), Chunked("3\r\nabc\r\n") },
        { Chunked("zz\r\n0\r\nbad\r\n\r\n"), Chunked("zz\r\n0\r\nbad\r\n\r\n") },
        { Chunked("3\r\nabcd\r\n0\r\nbad\r\n\r\n"), Chunked("3\r\nabcd\r\n0\r\nbad\r\n\r\n") },
        { Chunked("fffffffffffffffff\r\n0\r\nbad\r\n\r\n"), Chunked("fffffffffffffffff\r\n0\r\nbad\r\n\r\n") },
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task A_head_is_mended_and_a_body_is_not_touched(string answer, string expected)
    {
        foreach (var piece in new[] { 1, 2, 3, 7, 4096 })
        {
            await using var stream = new LenientHeadStream(new Wire(answer, piece), 1024);
            await stream.WriteAsync(Encoding.Latin1.GetBytes(Get), Token);

            Assert.Equal(expected, await ReadAsync(stream, piece));
        }
    }

    [Fact]
    public async Task Nothing_is_mended_before_a_request_and_after_a_head_that_is_too_long()
    {
        var longHead = $"HTTP/1.1 200 OK\r\nA: {new string('b', 2000)}\r\nbad\r\n\r\n";
        await using var early = new LenientHeadStream(new Wire("bad\r\n\r\n", 5), 1024);
        await using var late = new LenientHeadStream(new Wire(longHead, 100), 1024);
        await late.WriteAsync(Encoding.Latin1.GetBytes(Get), Token);

        Assert.Equal("bad\r\n\r\n", await ReadAsync(early, 5));
        Assert.Equal(longHead, await ReadAsync(late, 100));
    }

    [Fact]
    public async Task A_reading_that_began_before_the_request_brings_its_answer()
    {
        var gate = new TaskCompletionSource();
        await using var stream = new LenientHeadStream(new Wire("HTTP/1.1 200 OK\r\nbad\r\n\r\nx", 100, gate.Task), 1024);
        var buffer = new byte[100];

        var reading = stream.ReadAsync(buffer, Token);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(Get), Token);
        gate.SetResult();

        Assert.Equal("HTTP/1.1 200 OK\r\n\r\nx", Encoding.Latin1.GetString(buffer, 0, await reading));
    }

    [Fact]
    public async Task The_rest_of_a_long_request_begins_no_second_head()
    {
        await using var stream = new LenientHeadStream(new Wire("HTTP/1.1 200 OK\r\n\r\nbad\r\n\r\n", 19), 1024);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(Get), Token);
        var buffer = new byte[19];
        Assert.Equal(19, await stream.ReadAsync(buffer, Token));

        await stream.WriteAsync("Cookie: a=b\r\n\r\n"u8.ToArray(), Token);

        Assert.Equal("bad\r\n\r\n", await ReadAsync(stream, 19));
    }

    private static string Chunked(string body) => $"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{body}";

    private static async Task<string> ReadAsync(Stream stream, int piece)
    {
        var text = new StringBuilder();
        var buffer = new byte[piece];
        while (await stream.ReadAsync(buffer, Token) is > 0 and var count)
            text.Append(Encoding.Latin1.GetString(buffer, 0, count));
        return text.ToString();
    }

    /// <summary>A connection whose other side says a text piece by piece.</summary>
    private sealed class Wire(string text, int piece, Task? gate = null) : MemoryStream(Encoding.Latin1.GetBytes(text))
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (gate is not null)
                await gate;
            return await base.ReadAsync(buffer[..Math.Min(buffer.Length, piece)], cancellationToken);
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.CompletedTask;
    }
}
