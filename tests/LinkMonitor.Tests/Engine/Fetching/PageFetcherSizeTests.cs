using LinkMonitor.Engine.Fetching.Decoding;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Testing;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Fetching;

public sealed class PageFetcherSizeTests : IAsyncLifetime
{
    private const int MiB = 1024 * 1024;

    private LocalWeb _web = null!;

    public async ValueTask InitializeAsync() => _web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65535)]
    [InlineData(65536)]
    [InlineData(65537)]
    [InlineData(MiB)]
    public async Task A_body_up_to_the_limit_is_read_whole(int length)
    {
        var page = new byte[length];
        new Random(length).NextBytes(page);
        _web.Map("/", context => context.Response.Body.WriteAsync(page, context.RequestAborted).AsTask());

        var answer = await Web.AnswerAsync(_web.Url("/"), Web.Loopback with { MaxBodyBytes = MiB });

        Assert.Equal(page, answer.Body.ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("gzip, gzip")]
    public async Task One_byte_beyond_the_limit_is_too_large(string codings)
    {
        EncodedBody.Map(_web, "/", codings, new byte[MiB + 1]);

        var failed = await Web.FailureAsync(_web.Url("/"), Web.Loopback with { MaxBodyBytes = MiB });

        Assert.Equal(FetchFailure.TooLarge, failed.Failure);
        Assert.Equal(200, failed.Status);
        Assert.Contains("1,048,576 bytes", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_declared_length_beyond_the_limit_is_too_large_before_any_byte_is_read()
    {
        await using var server = RawServer.Start(async (connection, cancellationToken) =>
        {
            await connection.ReadRequestAsync(cancellationToken);
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 209715200\r\n\r\n", cancellationToken);
            await connection.ClientLeftAsync(cancellationToken);
        });

        // The server sends nothing and keeps the connection open, so reading would never end.
        var failed = await Web.FailureAsync(server.Url("/"));

        Assert.Equal(FetchFailure.TooLarge, failed.Failure);
    }

    [Fact]
    public async Task Of_a_body_of_200_MB_little_more_than_the_limit_is_taken()
    {
        var sent = new TaskCompletionSource<long>();
        await using var server = RawServer.Start(async (connection, cancellationToken) =>
        {
            await connection.ReadRequestAsync(cancellationToken);
            var chunk = new byte[MiB];
            try
            {
                await connection.WriteAsync("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", cancellationToken);
                while (connection.BytesWritten < 200 * MiB)
                    await connection.WriteAsync(chunk, cancellationToken);
            }
            finally
            {
                sent.SetResult(connection.BytesWritten);
            }
        });

        var failed = await Web.FailureAsync(server.Url("/"), Web.Loopback with { MaxBodyBytes = 4 * MiB });
        var taken = await sent.Task.WaitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(FetchFailure.TooLarge, failed.Failure);
        // What is beyond the limit sits in socket buffers.
        Assert.InRange(taken, 4 * MiB, 40 * MiB);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("gzip, gzip")]
    public async Task A_bomb_is_too_large_after_little_work(string codings)
    {
        var bomb = EncodedBody.Encode(codings, new byte[200 * MiB]);
        using var wire = new CountingStream(bomb);
        await using var stream = ContentDecoder.Open(wire, ContentDecoder.Codings([codings]), MiB);

        await Assert.ThrowsAsync<BodyTooLargeException>(() => ReadAsync(stream));

        Assert.InRange(wire.Given, 1, 64 * 1024);
    }

    [Fact]
    public async Task A_bomb_between_two_encodings_is_found_though_its_content_is_small()
    {
        // Empty blocks: nothing after the second step, 2 MB after the first.
        byte[] start = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];
        byte[] empty = [0, 0, 0, 0xff, 0xff];
        var bomb = EncodedBody.Encode(
            "gzip", [.. start, .. Enumerable.Repeat(empty, 400_000).SelectMany(block => block), 1, 0, 0, 0xff, 0xff]);
        using var wire = new MemoryStream(bomb);
        await using var stream = ContentDecoder.Open(wire, ["gzip", "gzip"], MiB);

        await Assert.ThrowsAsync<BodyTooLargeException>(() => ReadAsync(stream));
    }

    private static async Task<int> ReadAsync(Stream stream)
    {
        using var memory = new PageMemory(0, MiB);
        using var share = new MemoryShare(memory);
        return (await BodyReader.ReadAsync(stream, share, wait => wait(), TestContext.Current.CancellationToken)).Length;
    }

    private sealed class CountingStream(byte[] content) : MemoryStream(content)
    {
        public long Given { get; private set; }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await base.ReadAsync(buffer[..Math.Min(buffer.Length, 4096)], cancellationToken);
            Given += count;
            return count;
        }
    }
}
