using System.Buffers;
using System.Text;

namespace LinkMonitor.Engine.Fetching.Decoding;

/// <summary>Reads a whole stream into the memory of its fetch, so that a body costs its own length, however it arrives.</summary>
internal static class BodyReader
{
    private static ReadOnlySpan<byte> EndTag => "</html>"u8;

    /// <summary>
    /// Reads to the end. A connection that breaks behind the end of a page takes nothing from it: servers announce a length that is too
    /// great, or leave out the last chunk.
    /// </summary>
    /// <param name="stream">Bounded by whoever opened it.</param>
    /// <param name="share">Holds the body until it is given back.</param>
    /// <param name="wait">Waits for memory, with the deadline of the fetch standing still.</param>
    /// <exception cref="IOException">The connection broke within the page.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(
        Stream stream, MemoryShare share, Func<Func<ValueTask<bool>>, ValueTask<bool>> wait, CancellationToken cancellationToken)
    {
        var filled = 0;
        try
        {
            while (true)
            {
                if (filled == share.Buffer.Length)
                    await GrowAsync(share, wait, cancellationToken);
                var count = await stream.ReadAsync(share.Buffer[filled..], cancellationToken);
                if (count == 0)
                    return share.Buffer[..filled];
                filled += count;
            }
        }
        catch (IOException) when (IsWholePage(share.Buffer.Span[..filled]))
        {
            return share.Buffer[..filled];
        }
    }

    private static async ValueTask GrowAsync(
        MemoryShare share, Func<Func<ValueTask<bool>>, ValueTask<bool>> wait, CancellationToken cancellationToken)
    {
        if (!share.IsGrowthLarge)
        {
            await share.GrowAsync(cancellationToken);
            return;
        }

        await wait(async () =>
        {
            await share.GrowAsync(cancellationToken);
            return true;
        });
    }

    /// <summary>Reads the beginning of a stream and leaves the rest.</summary>
    public static async Task<byte[]> ReadFirstAsync(Stream stream, int count, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(count);
        try
        {
            var read = await stream.ReadAtLeastAsync(buffer.AsMemory(0, count), count, throwOnEndOfStream: false, cancellationToken);
            return buffer.AsSpan(0, read).ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static bool IsWholePage(ReadOnlySpan<byte> body)
    {
        var end = body.TrimEnd("\t\n\f\r "u8);
        return end.Length >= EndTag.Length && Ascii.EqualsIgnoreCase(end[^EndTag.Length..], EndTag);
    }
}

/// <summary>A body passed its limit, on the wire or after any step of decompression.</summary>
internal sealed class BodyTooLargeException : IOException;

/// <summary>
/// The memory that bodies in flight may take, all fetches together. Half of it is for pages of ordinary size: each fetch takes a small
/// share before its request goes out. A body that outgrows that takes a large share as well, as much as the longest body needs, from the
/// other half, and waits until there is one. Whoever holds a large share never waits for memory, so some fetch always comes to its end,
/// and large pages never keep the others waiting.
/// </summary>
internal sealed class PageMemory : IDisposable
{
    /// <summary>In bytes, 1 MiB: more than nineteen pages in twenty.</summary>
    public const int SmallShare = 1024 * 1024;

    private readonly SemaphoreSlim _small;
    private readonly SemaphoreSlim _large;

    /// <param name="budget">In bytes. At least one share of each kind is given out, whatever it is.</param>
    /// <param name="longestBody">In bytes.</param>
    public PageMemory(long budget, int longestBody)
    {
        var half = budget / 2;
        _small = new SemaphoreSlim((int)Math.Max(1, half / SmallShare));
        _large = new SemaphoreSlim((int)Math.Max(1, half / Math.Max(longestBody, SmallShare)));
    }

    /// <summary>How many small shares are left.</summary>
    public int SmallLeft => _small.CurrentCount;

    /// <summary>How many large shares are left.</summary>
    public int LargeLeft => _large.CurrentCount;

    public Task TakeSmallAsync(CancellationToken cancellationToken) => _small.WaitAsync(cancellationToken);

    public Task TakeLargeAsync(CancellationToken cancellationToken) => _large.WaitAsync(cancellationToken);

    public void GiveBack(bool isLarge) => (isLarge ? _large : _small).Release();

    public void Dispose()
    {
        _small.Dispose();
        _large.Dispose();
    }
}

/// <summary>
/// The memory of one fetch: its share, and the buffer that its body is in. The body is there until the share is given back. Not for use by
/// several threads at a time.
/// </summary>
internal sealed class MemoryShare(PageMemory memory) : IDisposable
{
    private const int FirstBytes = 64 * 1024;

    private byte[]? _buffer;
    private bool _hasSmall;
    private bool _hasLarge;

    /// <summary>Where a body goes; empty before the first <see cref="GrowAsync"/>.</summary>
    public Memory<byte> Buffer => _buffer;

    /// <summary>Before a request. Takes nothing more when there is a share already.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask TakeAsync(CancellationToken cancellationToken)
    {
        if (_hasSmall)
            return;
        await memory.TakeSmallAsync(cancellationToken);
        _hasSmall = true;
    }

    /// <summary>Whether the next growth has to wait for a large share.</summary>
    public bool IsGrowthLarge => !_hasLarge && _buffer is not null && _buffer.Length >= PageMemory.SmallShare;

    /// <summary>Makes the buffer larger; what is in it stays.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask GrowAsync(CancellationToken cancellationToken)
    {
        if (IsGrowthLarge)
        {
            await memory.TakeLargeAsync(cancellationToken);
            _hasLarge = true;
        }

        var before = _buffer;
        _buffer = ArrayPool<byte>.Shared.Rent(before is null ? FirstBytes : before.Length * 2);
        if (before is null)
            return;
        before.CopyTo(_buffer.AsSpan());
        ArrayPool<byte>.Shared.Return(before);
    }

    /// <summary>Gives all back: for the next hop, and at the end.</summary>
    public void Release()
    {
        if (_buffer is not null)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = null;
        if (_hasLarge)
            memory.GiveBack(isLarge: true);
        if (_hasSmall)
            memory.GiveBack(isLarge: false);
        (_hasSmall, _hasLarge) = (false, false);
    }

    public void Dispose() => Release();
}
