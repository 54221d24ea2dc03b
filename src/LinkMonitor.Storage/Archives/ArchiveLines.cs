using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace LinkMonitor.Storage.Archives;

/// <summary>The lines of an archive, none of them longer than one can be: a damaged file fills no memory.</summary>
internal static class ArchiveLines
{
    /// <summary>Every line without its end. The file must be able to go back. The memory is good until the next one is asked for.</summary>
    /// <exception cref="InvalidArchiveException">It is no gzip, is cut off, has a line that is too long or without its end, or something
    /// follows it.</exception>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        Stream file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var gzip = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
        long bytes = 0;
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
                    bytes += line.Length + 1;
                    yield return line.IsSingleSegment ? line.First : line.ToArray();
                    rest = rest.Slice(rest.GetPosition(1, end));
                }

                if (rest.Length > ArchiveFormat.MaxLineBytes)
                    throw new InvalidArchiveException("A line of it is longer than a row can be.");
                if (read.IsCompleted && rest.Length > 0)
                    throw new InvalidArchiveException("It ends within a line: it was cut off.");
                pipe.AdvanceTo(rest.Start, rest.End);
                if (!read.IsCompleted)
                    continue;
                await CheckEndAsync(file, bytes, cancellationToken);
                yield break;
            }
        }
        finally
        {
            await pipe.CompleteAsync();
        }
    }

    /// <summary>
    /// The decompressor passes over what follows its end. The last four bytes of a gzip file are how many bytes were compressed, modulo
    /// 2^32 (RFC 1952), so other ones at the end of the file are none of it.
    /// </summary>
    private static async Task CheckEndAsync(Stream file, long bytes, CancellationToken cancellationToken)
    {
        if (file.Length == 0)
            throw new InvalidArchiveException("The file is empty.");
        var last = new byte[sizeof(uint)];
        file.Seek(-Math.Min(last.Length, file.Length), SeekOrigin.End);
        if (await file.ReadAtLeastAsync(last, last.Length, throwOnEndOfStream: false, cancellationToken) < last.Length
            || BinaryPrimitives.ReadUInt32LittleEndian(last) != unchecked((uint)bytes))
            throw new InvalidArchiveException("Something follows the end of the archive in the file. Use the file as it was exported.");
    }

    private static async Task<ReadResult> NextAsync(PipeReader pipe, CancellationToken cancellationToken)
    {
        try
        {
            return await pipe.ReadAsync(cancellationToken);
        }
        catch (InvalidDataException damaged)
        {
            throw new InvalidArchiveException("It is not an archive, was cut off, or was changed in transit (gzip).", damaged);
        }
    }
}

/// <summary>A file is no whole archive that this version reads. The message says where and what to do.</summary>
public sealed class InvalidArchiveException : Exception
{
    public InvalidArchiveException() : base("The archive cannot be read.")
    {
    }

    public InvalidArchiveException(string message) : base(message)
    {
    }

    public InvalidArchiveException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
