using System.Buffers;

namespace LinkMonitor.Engine.Fetching;

/// <summary>Reads a whole stream through pooled blocks, so that a body costs its own length and no more, however it arrives.</summary>
internal static class BodyReader
{
    private const int BlockBytes = 64 * 1024;

    /// <param name="stream">Bounded by whoever opened it.</param>
    public static async Task<byte[]> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        List<byte[]> blocks = [];
        try
        {
            int filled;
            do
            {
                var block = ArrayPool<byte>.Shared.Rent(BlockBytes);
                blocks.Add(block);
                filled = await stream.ReadAtLeastAsync(
                    block.AsMemory(0, BlockBytes), BlockBytes, throwOnEndOfStream: false, cancellationToken);
            }
            while (filled == BlockBytes);

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
