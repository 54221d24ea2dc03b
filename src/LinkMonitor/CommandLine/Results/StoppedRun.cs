using System.Globalization;
using System.Text.Json;
using CsvHelper;
using LinkMonitor.CommandLine.Output;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Imports.Encodings;

namespace LinkMonitor.CommandLine.Results;

/// <summary>Reads the results of a run that was stopped, to go on behind them.</summary>
internal static class StoppedRun
{
    /// <summary>The whole results of a file; what a crash has cut at its end is left out.</summary>
    /// <exception cref="UnreadableFileException">It holds something else.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public static IEnumerable<StoppedResult> Read(FileInfo file, string csvHeader, IReadOnlyList<string> ownColumns,
        CancellationToken cancellationToken) =>
        csvHeader.Length == 0 ? ReadJsonLines(file, ownColumns, cancellationToken)
            : ReadCsv(file, csvHeader, ownColumns.Count, cancellationToken);

    private static IEnumerable<StoppedResult> ReadJsonLines(FileInfo file, IReadOnlyList<string> ownColumns,
        CancellationToken cancellationToken)
    {
        var number = 0;
        foreach (var line in LineFile.Read(file, cancellationToken).Where(line => line.IsWhole))
        {
            number++;
            yield return Parse(line, ownColumns) ?? throw Foreign(file, number);
        }
    }

    private static StoppedResult? Parse(ResultLine line, IReadOnlyList<string> ownColumns)
    {
        try
        {
            return JsonSerializer.Deserialize(
                line.Text, CliJson.Compact.BaselineLine) is { Line: { } at, Page: { } page, Target: { } target, State: { } state } result
                ? new StoppedResult(at, page, target, state, result.Known is not null, line.At, line.Length,
                    Own(result.Columns, ownColumns))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Of other columns than now there are none that the row could have still.</summary>
    private static string[] Own(Dictionary<string, string>? stored, IReadOnlyList<string> names)
    {
        stored ??= [];
        return stored.Keys.ToHashSet(StringComparer.Ordinal).SetEquals(names) ? [.. names.Select(name => stored[name])]
            : [.. names, "other columns"];
    }

    private static IEnumerable<StoppedResult> ReadCsv(FileInfo file, string header, int ownColumns, CancellationToken cancellationToken)
    {
        using var stream = file.OpenRead();
        var isCut = false;
        var options = new CsvReaderOptions
        {
            HasHeader = false,
            Separator = ',',
            TrackLineNumbers = true,
            OnMalformedRecord = record => isCut |= record.Reason is CsvMalformedReason.UnterminatedQuote,
        };
        using var csv = CsvReader.Create(stream, options, leaveOpen: true);
        var width = 0;
        while (csv.Read() && !isCut)
        {
            cancellationToken.ThrowIfCancellationRequested();

            // Our rows end in CR LF; the last has none where the run was cut off.
            var length = csv.RawRecord.Length + 2;
            if (csv.ByteOffset + length > stream.Length)
                yield break;
            if (width > 0)
            {
                yield return Parse(csv, length, ownColumns) ?? throw Foreign(file, (int)csv.LineNumber);
                continue;
            }

            width = csv.FieldCount;
            if (System.Text.Encoding.UTF8.GetString(csv.RawRecord) + "\r\n" != header)
                throw Foreign(file, 1);
        }
    }

    private static StoppedResult? Parse(CsvReader csv, int length, int ownColumns)
    {
        var at = Array.IndexOf(CsvFormat.Columns, "line");
        return csv.FieldCount > at + ownColumns
            && int.TryParse(csv.GetString(at), NumberStyles.None, CultureInfo.InvariantCulture, out var line)
            && WireName.TryParse<VerdictState>(csv.GetString(2), out var state)
                ? new StoppedResult(line, csv.GetString(0), csv.GetString(1), state, WasKnown: false, csv.ByteOffset, length,
                    [.. Enumerable.Range(csv.FieldCount - ownColumns, ownColumns).Select(csv.GetString)])
                : null;
    }

    private static UnreadableFileException Foreign(FileInfo file, int line) => new(
        string.Create(
            CultureInfo.InvariantCulture,
            $"'{file.Name}' cannot be continued: this run would not have written its line {line}. Give another --output, or leave "
                + $"--resume out to start it again."),
        isWrittenWrongly: true);
}

/// <summary>A result that a stopped run has written.</summary>
/// <param name="WasKnown">A run before has found the link, as far as the file says.</param>
/// <param name="Own">The cells of the user's own columns, as they were then.</param>
internal sealed record StoppedResult(int Line, string Page, string Target, VerdictState State, bool WasKnown, long At, int Length,
    IReadOnlyList<string> Own)
{
    /// <summary>The row has these cells still. A formula stands in CSV with an apostrophe before it.</summary>
    public bool HasOwn(IReadOnlyList<string> cells) =>
        Own.Count == cells.Count && Own.Zip(cells).All(pair => pair.First == pair.Second || pair.First == "'" + pair.Second);
}
