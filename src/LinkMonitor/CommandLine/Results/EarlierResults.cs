using System.Globalization;
using System.Text;
using System.Text.Json;
using LinkMonitor.CommandLine.Output;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Imports.Encodings;
using LinkMonitor.Imports.Rows;
using Microsoft.Win32.SafeHandles;

namespace LinkMonitor.CommandLine.Results;

/// <summary>
/// The results of an earlier run, to compare with. Of a link that stands twice in the file each row has the line of its own. Memory holds
/// where the lines are, some thirty bytes each; a line is read when its link is checked.
/// </summary>
internal sealed class EarlierResults : IDisposable
{
    private readonly List<(UInt128 Key, long At, int Length)> _lines = [];
    private readonly SafeFileHandle? _file;

    private EarlierResults(SafeFileHandle? file) => _file = file;

    public static EarlierResults None { get; } = new(null);

    /// <summary>Reads all lines; every line that is wrong is named to <paramref name="wrong"/>.</summary>
    /// <exception cref="UnreadableFileException">It is no file of JSON lines.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public static EarlierResults Read(FileInfo file, Action<string> wrong, CancellationToken cancellationToken)
    {
        var results = new EarlierResults(File.OpenHandle(file.FullName));
        var (number, isFirst) = (0, true);
        foreach (var line in LineFile.Read(file, cancellationToken))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line.Text))
                continue;
            if (isFirst && !line.Text.AsSpan().TrimStart(" \t\uFEFF").StartsWith('{'))
            {
                results.Dispose();
                throw NoJsonLines(file, number, line.Text);
            }

            isFirst = false;
            if (Parse(line.Text) is { } result
                && WebUrl.TryParse(result.Page, out var page)
                && WebUrl.TryParse(result.Target, out var target))
                results._lines.Add((TextKey.OfLink(page, target), line.At, line.Length));
            else
                wrong(string.Create(CultureInfo.InvariantCulture, $"Line {number} of the baseline is not a result."));
        }

        results._lines.Sort();
        return results;
    }

    /// <summary>What is known of a link; <see cref="LinkMemory.None"/> when no earlier run found it. Thread-safe.</summary>
    /// <param name="rank">How many rows before this one have the same page and target.</param>
    public (LinkMemory Memory, KnownView? Known) Find(WebUrl page, Expectation expectation, int rank)
    {
        var key = TextKey.OfLink(page, expectation.Target);
        var first = _lines.BinarySearch((key, -1, 0));
        var at = ~first + rank;
        if (_file is null || at >= _lines.Count || _lines[at].Key != key)
            return (LinkMemory.None, null);
        var bytes = new byte[_lines[at].Length];
        RandomAccess.Read(_file, bytes, _lines[at].At);
        return Parse(System.Text.Encoding.UTF8.GetString(bytes))?.Known is { } known ? (known.ToMemory(), known) : (LinkMemory.None, null);
    }

    public void Dispose() => _file?.Dispose();

    private static UnreadableFileException NoJsonLines(FileInfo file, int line, string text)
    {
        var what = text.Split(',', ';', '\t').Length > 1 ? "It looks like CSV, which does not contain what a later run compares with."
            : "It contains no JSON lines.";
        var where = string.Create(CultureInfo.InvariantCulture, $"Line {line} of the baseline is not a result, and '{file.Name}' "
            + $"contains none.");
        return new UnreadableFileException(
            $"{where} {what} Give the .jsonl file that 'check --file … --output results.jsonl' wrote.", isWrittenWrongly: true);
    }

    private static BaselineLine? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, CliJson.Compact.BaselineLine);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>A line of a file.</summary>
/// <param name="At">Where it begins, in bytes.</param>
/// <param name="Length">In bytes, with its end.</param>
/// <param name="IsWhole">It has an end: the file was not cut in it.</param>
internal sealed record ResultLine(long At, int Length, string Text, bool IsWhole);

/// <summary>Reads a UTF-8 file line by line and says where each line is, so that it can be read again alone.</summary>
internal static class LineFile
{
    /// <summary>The longest line, in bytes; the result of a page is far below it.</summary>
    private const int LongestLine = 32 * 1024 * 1024;

    /// <exception cref="IOException">The file cannot be read, or a line is too long to be a result.</exception>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public static IEnumerable<ResultLine> Read(FileInfo file, CancellationToken cancellationToken)
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
                yield return new ResultLine(at, length, Encoding.UTF8.GetString(buffer, start, length).TrimEnd('\n', '\r'), IsWhole: true);
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
            yield return new ResultLine(at, end - start, Encoding.UTF8.GetString(buffer, start, end - start), IsWhole: false);
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
