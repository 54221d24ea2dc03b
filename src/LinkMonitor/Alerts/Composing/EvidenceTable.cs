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
            Row("Checked", evidence => time.Write(evidence.CheckedAt)),
            Row("Unchanged until", evidence => evidence.UnchangedAt is { } until ? time.Write(until) : null),
            Row("Seen", evidence => WebText.Cut(evidence.Detail, MaxValue)),
            Row("Status", Status),
            Row("Final URL", evidence => WebText.Cut(evidence.FinalUrl, MaxUrl)),
            Row("Redirects", Redirects),
            Row("Title", evidence => Quote(evidence.Title)),
            Row("Robots", Robots),
            Row("Canonical", evidence => evidence.Canonical is { } url ? WebText.Cut(url, MaxUrl) : null),
            Row("Links found", Occurrences),
            Row("Other links", OtherLinks),
            Row("Where it was", evidence => Quote(evidence.WhereItWas)),
            Row("Found on", evidence => evidence.MovedTo is { } moved ? WebText.Cut(moved.Page.Href, MaxUrl) : null),
            Row("Link URL", evidence => evidence.LinkUrl is { } url ? WebText.Cut(url, MaxUrl) : null),
            Row("rel", evidence => evidence.Rel is { } rel ? (rel.Count == 0 ? "none" : WebText.Cut(string.Join(' ', rel), MaxValue)) : null),
            Row("Followed", evidence => YesNo(evidence.Follow)),
            Row("Anchor", evidence => Quote(evidence.Anchor)),
            Row("Kind", evidence => evidence.Kind is { } kind ? WireName.Of(kind) : null),
            Row("Placement", evidence => evidence.Placement is { } placement ? WireName.Of(placement) : null),
            Row("Position", Position),
            Row("Hidden", evidence => YesNo(evidence.Hidden)),
        ];
        return [.. rows.Where(row => row.Before is not null || row.After is not null)];
    }

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

    // Only a page that was read can be said to hold no link.
    private static string? Occurrences(Evidence evidence) => evidence.Observation == ObservationKind.Observed
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
