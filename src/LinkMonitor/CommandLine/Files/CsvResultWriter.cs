using System.Globalization;
using CsvHelper;
using LinkMonitor.CommandLine.Output;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.CommandLine.Files;

/// <summary>
/// A CSV row per link. Cells that a spreadsheet would run as a formula get an apostrophe in front (OWASP, "CSV injection"): anchors and
/// titles come from other people's pages.
/// </summary>
internal sealed class CsvResultWriter : IResultWriter
{
    private static readonly string[] Columns =
    [
        "page", "target", "state", "reasons", "message", "observation", "status", "finalUrl",
        "occurrences", "linkUrl", "rel", "follow", "anchor", "placement", "hidden", "checkedAt",
    ];

    private readonly CsvWriter _csv;

    public CsvResultWriter(TextWriter output)
    {
        _csv = CsvWriter.Create(output, new CsvWriterOptions { Injection = CsvInjection.Escape }, leaveOpen: true);
        _csv.WriteHeader(Columns);
    }

    public void Write(CheckView check)
    {
        var link = check.Occurrences.Count > 0 ? check.Occurrences[0] : null;
        _csv.WriteRecord(
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
        ]);
    }

    public void Flush() => _csv.Flush();

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
