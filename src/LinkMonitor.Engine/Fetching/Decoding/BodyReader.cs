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
