using System.Globalization;
using System.Text;
using System.Text.Json;
using CsvHelper;
using LinkMonitor.CommandLine.Output;
using LinkMonitor.Engine.Explaining;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.CommandLine.Results;

/// <summary>A compact JSON object per line (https://jsonlines.org/).</summary>
/// <param name="ownColumns">The names of the user's own columns; of a name that stands twice the last counts.</param>
internal sealed class JsonLinesFormat(IReadOnlyList<string> ownColumns) : IResultFormat
{
    public string Header => string.Empty;

    public string Write(CheckView check, IReadOnlyList<string> own, Explanation? explanation)
    {
        var view = check with
        {
            Columns = own.Count == 0 ? null : Named(own),
            Explanation = explanation is null ? null : ExplanationView.Of(explanation),
        };
        return JsonSerializer.Serialize(view, CliJson.Compact.CheckView) + "\n";
    }

    private Dictionary<string, string> Named(IReadOnlyList<string> own)
    {
        var named = new Dictionary<string, string>(own.Count, StringComparer.Ordinal);
        foreach (var (at, cell) in own.Index())
            named[ownColumns[at]] = cell;
        return named;
    }
}

/// <summary>
/// How the result of a link is written: each as one piece of text that ends its last line, so that files hold whole results only.
/// </summary>
internal interface IResultFormat
{
    /// <summary>What stands above the first result; empty for nothing.</summary>
    string Header { get; }

    /// <summary>A result.</summary>
    /// <param name="own">The cells of the user's own columns.</param>
    /// <param name="explanation">Null unless it was asked for.</param>
    string Write(CheckView check, IReadOnlyList<string> own, Explanation? explanation);
}

/// <summary>Chooses how results are written.</summary>
internal static class ResultFormats
{
    /// <summary>By the ending of the output; on the console as text or JSON lines.</summary>
    public static IResultFormat For(FileInfo? output, bool json, IReadOnlyList<string> ownColumns, bool explains)
    {
        if (output is null ? json : IsJsonLines(output))
            return new JsonLinesFormat(ownColumns);
        return output is null ? new TextFormat() : new CsvFormat(ownColumns, explains);
    }

    /// <summary>Null when the ending is one that can be written; otherwise what is wrong.</summary>
    public static string? WrongEnding(FileInfo output) =>
        IsJsonLines(output) || output.Extension.Equals(".csv", StringComparison.OrdinalIgnoreCase)
            ? null
            : $"'{output.Name}' must end in .csv or .jsonl.";

    private static bool IsJsonLines(FileInfo output) => output.Extension.Equals(".jsonl", StringComparison.OrdinalIgnoreCase);
}

/// <summary>A line of text per link, and below it how it came about, where that is asked for.</summary>
internal sealed class TextFormat : IResultFormat
{
    public string Header => string.Empty;

    public string Write(CheckView check, IReadOnlyList<string> own, Explanation? explanation)
    {
        var text = new StringBuilder().AppendLine(CheckText.Line(check));
        if (explanation is null)
            return text.ToString();
        using var lines = new StringWriter(text);
        ExplanationText.Write(lines, explanation);
        lines.WriteLine();
        return text.ToString();
    }
}

/// <summary>
/// A CSV row per link, with the user's own columns behind ours; one that has the name of one of ours is called <c>input …</c>. Cells that a
/// spreadsheet would run as a formula get an apostrophe in front (OWASP, "CSV injection"): anchors and titles come from other people's
/// pages.
/// </summary>
internal sealed class CsvFormat : IResultFormat
{
    /// <summary>Our columns, in their order.</summary>
    public static readonly string[] Columns =
    [
        "page", "target", "state", "reasons", "message", "observation", "status", "finalUrl",
        "occurrences", "linkUrl", "rel", "follow", "anchor", "placement", "hidden", "checkedAt", "line",
    ];

    private readonly bool _explains;

    public CsvFormat(IReadOnlyList<string> ownColumns, bool explains)
    {
        _explains = explains;
        Header = Row([.. Columns, .. explains ? ["explanation"] : Array.Empty<string>(), .. ownColumns.Select(Named)]);
    }

    public string Header { get; }

    public string Write(CheckView check, IReadOnlyList<string> own, Explanation? explanation)
    {
        var link = check.Occurrences.Count > 0 ? check.Occurrences[0] : null;
        return Row(
        [
            check.Page,
            check.Target,
            WireName.Of(check.State),
            string.Join(' ', check.Reasons.Select(reason => WireName.Of(reason.Code))),
            string.Join(' ', check.Reasons.Select(reason => reason.Message)),
            WireName.Of(check.Observation),
            check.Status?.ToString(CultureInfo.InvariantCulture) ?? string.Empty,
            check.FinalUrl,
            check.Occurrences.Count.ToString(CultureInfo.InvariantCulture),
            .. LinkCells(link),
            check.CheckedAt.ToString("O", CultureInfo.InvariantCulture),
            check.Line?.ToString(CultureInfo.InvariantCulture) ?? string.Empty,
            .. _explains ? [explanation?.Sentence ?? string.Empty] : Array.Empty<string>(),
            .. own,
        ]);
    }

    private static string Named(string column) =>
        Columns.Append("explanation").Contains(column, StringComparer.OrdinalIgnoreCase) ? "input " + column : column;

    private static string Row(string[] cells)
    {
        using var text = new StringWriter();
        using (var csv = CsvWriter.Create(text, new CsvWriterOptions { Injection = CsvInjection.Escape }, leaveOpen: true))
            csv.WriteRecord(cells);
        return text.ToString();
    }

    private static string[] LinkCells(OccurrenceView? link) => link is null
        ? ["", "", "", "", "", ""]
        :
        [
            link.Url ?? link.Href,
            string.Join(' ', link.Rel),
            link.Follow ? "true" : "false",
            link.Anchor,
            WireName.Of(link.Placement),
            link.Hidden ? "true" : "false",
        ];
}
