using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace LinkMonitor.Storage.Archives;

/// <summary>The lines of an archive, none of them longer than one can be: a damaged file fills no memory.</summary>
internal static class ArchiveLines
{
    /// <summary>Every line without its end. The memory is good until the next one is asked for.</summary>
    /// <exception cref="InvalidArchiveException">It is no gzip, is cut off, or has a line that is too long or without its end.</exception>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(Stream file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var gzip = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
        var pipe = PipeReader.Create(gzip, new StreamPipeReaderOptions(leaveOpen: true));
        try
        {
            while (true)
            {
                var read = await NextAsync(pipe, cancellationToken);
                var rest = read.Buffer;
                while (rest.PositionOf((byte)'\n') is { } end)
                {
                    var line = rest.Slice(0, end);
                    yield return line.IsSingleSegment ? line.First : line.ToArray();
                    rest = rest.Slice(rest.GetPosition(1, end));
                }

                if (rest.Length > ArchiveFormat.MaxLineBytes)
                    throw new InvalidArchiveException("A line of it is longer than a row can be.");
                if (read.IsCompleted && rest.Length > 0)
                    throw new InvalidArchiveException("It ends within a line: it was cut off.");
                pipe.AdvanceTo(rest.Start, rest.End);
                if (read.IsCompleted)
                    yield break;
            }
        }
        finally
        {
            await pipe.CompleteAsync();
        }
    }

    private static async Task<ReadResult> NextAsync(PipeReader pipe, CancellationToken cancellationToken)
    {
        try
        {
            return await pipe.ReadAsync(cancellationToken);
        }
        catch (InvalidDataException damaged)
        {
            throw new InvalidArchiveException("It is no archive, was cut off, or was changed on its way (gzip).", damaged);
        }
    }
}
