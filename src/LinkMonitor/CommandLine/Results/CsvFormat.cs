using System.Globalization;
using CsvHelper;
using LinkMonitor.CommandLine.Output;
using LinkMonitor.Engine.Explaining;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.CommandLine.Results;

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
