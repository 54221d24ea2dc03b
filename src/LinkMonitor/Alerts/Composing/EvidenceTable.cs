using System.Globalization;
using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Tracking;

namespace LinkMonitor.Alerts.Composing;

/// <summary>Puts the evidence of two checks side by side; rows that neither has are left out.</summary>
internal static class EvidenceTable
{
    /// <summary>What is shown of a URL; longer ones are cut visibly.</summary>
    public const int MaxUrl = 300;

    private const int MaxValue = 300;

    public static IReadOnlyList<EvidenceRow> Rows(Evidence? before, Evidence after, ProjectTime time)
    {
        EvidenceRow Row(string label, Func<Evidence, string?> read) =>
            new(label, before is null ? null : read(before), read(after));

        EvidenceRow[] rows =
        [
            .. new[]
            {
                Row("Checked", evidence => time.Write(evidence.CheckedAt)),
                Row("Unchanged until", evidence => evidence.UnchangedAt is { } until ? time.Write(until) : null),
                Row("Status", Status),
                Row("Final URL", evidence => WebText.Cut(evidence.FinalUrl, MaxUrl)),
                Row("Redirects", Redirects),
                Row("Title", evidence => Quote(evidence.Title)),
                Row("Robots", Robots),
                Row("Canonical", evidence => evidence.Canonical is { } url ? WebText.Cut(url, MaxUrl) : null),
                Row("Other links", OtherLinks),
            }.Select(row => row with { IsOfPage = true }),
            Row("Links found", Occurrences),
            Row("Where it was", evidence => Quote(evidence.WhereItWas)),
            Row("Found on", evidence => evidence.MovedTo is { } moved ? WebText.Cut(moved.Page.Href, MaxUrl) : null),
            .. HasLink(before) && HasLink(after) ? LinkRows(Row) : [Row("Your link", Link)],
        ];
        return [.. rows.Where(row => row.Before is not null || row.After is not null)];
    }

    private static EvidenceRow[] LinkRows(Func<string, Func<Evidence, string?>, EvidenceRow> row) =>
    [
        row("Link URL", evidence => WebText.Cut(evidence.LinkUrl!, MaxUrl)),
        row("rel", Rel),
        row("Followed", evidence => YesNo(evidence.Follow)),
        row("Anchor", evidence => Quote(evidence.Anchor)),
        row("Kind", evidence => evidence.Kind is { } kind ? WireName.Of(kind) : null),
        row("Placement", evidence => evidence.Placement is { } placement ? WireName.Of(placement) : null),
        row("Position", Position),
        row("Hidden", evidence => YesNo(evidence.Hidden)),
    ];

    private static bool HasLink(Evidence? evidence) => evidence?.LinkUrl is not null;

    // Where one side has no link, a row for each of its properties would only say so again and again.
    private static string Link(Evidence evidence)
    {
        if (evidence.LinkUrl is null)
            return evidence.Observation is ObservationKind.Observed or ObservationKind.Gone ? "not there" : "not known";
        string?[] parts =
        [
            Quote(evidence.Anchor),
            $"to {WebText.Cut(evidence.LinkUrl, MaxUrl)}",
            $"rel {Rel(evidence)}",
            evidence.Placement is { } placement ? $"in {WireName.Of(placement)}" : null,
            evidence.Hidden == true ? "hidden" : null,
            Position(evidence),
        ];
        return string.Join(", ", parts.Where(part => part is not null));
    }

    private static string? Rel(Evidence evidence) =>
        evidence.Rel is { } rel ? (rel.Count == 0 ? "none" : WebText.Cut(string.Join(' ', rel), MaxValue)) : null;

    private static string Status(Evidence evidence) => evidence.Status is { } status
        ? string.Create(CultureInfo.InvariantCulture, $"HTTP {status} ({WireName.Of(evidence.Observation)})")
        : $"no answer ({WireName.Of(evidence.Observation)})";

    private static string? Redirects(Evidence evidence) => evidence.Redirects.Count == 0
        ? null
        : string.Join(" → ", evidence.Redirects.Select(hop =>
            string.Create(CultureInfo.InvariantCulture, $"{hop.Status} {WebText.Cut(hop.Url.Href, MaxUrl)}")));

    private static string? Robots(Evidence evidence) => evidence.Robots is not { } robots
        ? null
        : robots is { Index: true, Follow: true }
            ? "index, follow"
            : WebText.Cut($"{(robots.Index ? "index" : "noindex")}, {(robots.Follow ? "follow" : "nofollow")} ({string.Join("; ", robots.Reasons)})", MaxValue);

    // One link and none are told by the link itself.
    private static string? Occurrences(Evidence evidence) => evidence.MostOccurrences > 1 && evidence.Observation == ObservationKind.Observed
        ? Text($"{evidence.Occurrences}{(IsFewer(evidence) ? Text($" (of {evidence.MostOccurrences} at most)") : "")}")
        : null;

    private static bool IsFewer(Evidence evidence) => evidence.Occurrences > 0 && evidence.Occurrences < evidence.MostOccurrences;

    // Without a comparison the count alone would say nothing of the change.
    private static string? OtherLinks(Evidence evidence) => evidence.Scope is { Scope: not ChangeScope.Unknown, Others: > 0 } scope
        ? Text($"{scope.Others - scope.Touched:N0} of {scope.Others:N0} outbound links unchanged")
        : null;

    private static string? Position(Evidence evidence) => evidence is { Ordinal: { } ordinal, LinkCount: { } links, TextShare: { } share }
        ? Text($"link {ordinal:N0} of {links:N0}, {share * 100:0} % down the text")
        : null;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string? YesNo(bool? value) => value switch { true => "yes", false => "no", null => null };

    private static string? Quote(string? value) => value is null ? null : value.Length == 0 ? "(empty)" : $"“{WebText.Cut(value, MaxValue)}”";
}
