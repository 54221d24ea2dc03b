using System.Text;

namespace LinkMonitor.CommandLine.Results;

/// <summary>A line of a file.</summary>
/// <param name="At">Where it begins, in bytes.</param>
/// <param name="Length">In bytes, with its end.</param>
/// <param name="IsWhole">It has an end: the file was not cut in it.</param>
internal sealed record FileLine(long At, int Length, string Text, bool IsWhole);

/// <summary>Reads a UTF-8 file line by line and says where each line is, so that it can be read again alone.</summary>
internal static class LineFile
{
    /// <summary>The longest line, in bytes; the result of a page is far below it.</summary>
    private const int LongestLine = 32 * 1024 * 1024;

    /// <exception cref="IOException">The file cannot be read, or a line is too long to be a result.</exception>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public static IEnumerable<FileLine> Read(FileInfo file, CancellationToken cancellationToken)
    {
        using var stream = file.OpenRead();
        var buffer = new byte[64 * 1024];
        var (start, end, at) = (0, 0, 0L);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var length = buffer.AsSpan(start, end - start).IndexOf((byte)'\n') + 1;
            if (length > 0)
            {
                yield return new FileLine(at, length, Encoding.UTF8.GetString(buffer, start, length).TrimEnd('\n', '\r'), IsWhole: true);
                (start, at) = (start + length, at + length);
                continue;
            }

            (start, end) = MakeRoom(ref buffer, start, end);
            var read = stream.Read(buffer, end, buffer.Length - end);
            if (read == 0)
                break;
            end += read;
        }

        if (end > start)
            yield return new FileLine(at, end - start, Encoding.UTF8.GetString(buffer, start, end - start), IsWhole: false);
    }

    private static (int Start, int End) MakeRoom(ref byte[] buffer, int start, int end)
    {
        if (start > 0)
            Buffer.BlockCopy(buffer, start, buffer, 0, end - start);
        end -= start;
        if (end == buffer.Length && end >= LongestLine)
            throw new IOException($"A line is longer than {LongestLine / 1024 / 1024} MB.");
        if (end == buffer.Length)
            Array.Resize(ref buffer, buffer.Length * 2);
        return (0, end);
    }
}
