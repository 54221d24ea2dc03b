using System.Buffers;
using System.Text;

namespace LinkMonitor.Engine.Fetching.Decoding;

/// <summary>Reads a whole stream through pooled blocks, so that a body costs its own length and no more, however it arrives.</summary>
internal static class BodyReader
{
    private const int BlockBytes = 64 * 1024;

    private static ReadOnlySpan<byte> EndTag => "</html>"u8;

    /// <summary>
    /// Reads to the end. A connection that breaks behind the end of a page takes nothing from it: servers announce a length that is too
    /// great, or leave out the last chunk.
    /// </summary>
    /// <param name="stream">Bounded by whoever opened it.</param>
    /// <exception cref="IOException">The connection broke within the page.</exception>
    public static async Task<byte[]> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        List<byte[]> blocks = [];
        var filled = BlockBytes;
        try
        {
            int count;
            do
            {
                if (filled == BlockBytes)
                {
                    blocks.Add(ArrayPool<byte>.Shared.Rent(BlockBytes));
                    filled = 0;
                }

                count = await stream.ReadAsync(blocks[^1].AsMemory(filled, BlockBytes - filled), cancellationToken);
                filled += count;
            }
            while (count > 0);

            return Join(blocks, filled);
        }
        catch (IOException) when (IsWholePage(blocks, filled))
        {
            return Join(blocks, filled);
        }
        finally
        {
            foreach (var block in blocks)
                ArrayPool<byte>.Shared.Return(block);
        }
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

    private static bool IsWholePage(List<byte[]> blocks, int filledInLast)
    {
        if (blocks.Count == 0)
            return false;
        var end = Join(blocks[^Math.Min(blocks.Count, 2)..], filledInLast).AsSpan().TrimEnd("\t\n\f\r "u8);
        return end.Length >= EndTag.Length && Ascii.EqualsIgnoreCase(end[^EndTag.Length..], EndTag);
    }

    private static byte[] Join(List<byte[]> blocks, int filledInLast)
    {
        var whole = GC.AllocateUninitializedArray<byte>((blocks.Count - 1) * BlockBytes + filledInLast);
        for (var i = 0; i < blocks.Count; i++)
        {
            var start = i * BlockBytes;
            blocks[i].AsSpan(0, Math.Min(BlockBytes, whole.Length - start)).CopyTo(whole.AsSpan(start));
        }

        return whole;
    }
}

/// <summary>A body passed its limit, on the wire or after any step of decompression.</summary>
internal sealed class BodyTooLargeException : IOException;
