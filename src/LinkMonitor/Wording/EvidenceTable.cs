using System.Globalization;
using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Wording;

/// <summary>Puts the evidence of two checks side by side; rows that neither has are left out.</summary>
internal static class EvidenceTable
{
    /// <summary>What is shown of a URL; longer ones are cut visibly.</summary>
    public const int MaxUrl = 300;

    private const int MaxValue = 300;

    public static IReadOnlyList<EvidenceRow> Rows(Evidence? before, Evidence after, ProjectTime time)
    {
        var say = time.Say;
        EvidenceRow Row(string label, Func<Evidence, string?> read) =>
            new(label, before is null ? null : read(before), read(after));

        EvidenceRow[] rows =
        [
            .. new[]
            {
                // Of two checks in one minute both times are shown: that they are alike is no finding.
                Row(say.Text("Checked"), evidence => time.Write(evidence.CheckedAt)) with { IsTimeOfCheck = true },
                Row(say.Text("Unchanged until"), evidence => evidence.UnchangedAt is { } until ? time.Write(until) : null),
                Row(say.Text("Status"), evidence => Status(evidence, say)),
                Row(say.Text("Final URL"), evidence => say.Cut(evidence.FinalUrl, MaxUrl)),
                Row(say.Text("Redirects"), evidence => Redirects(evidence, say)),
                Row(say.Text("Title"), evidence => Quote(evidence.Title, say)),
                Row(say.Text("Robots"), evidence => Robots(evidence, say)),
                Row(say.Text("Canonical"), evidence => evidence.Canonical is { } url ? say.Cut(url, MaxUrl) : null),
                Row(say.Text("Other links"), evidence => OtherLinks(evidence, say)),
            }.Select(row => row with { IsOfPage = true }),
            Row(say.Text("Links found"), evidence => Occurrences(evidence, say)),
            Row(say.Text("Where it was"), evidence => Quote(evidence.WhereItWas, say)),
            Row(say.Text("Found on"), evidence => evidence.MovedTo is { } moved ? say.Cut(moved.Page.Href, MaxUrl) : null),
            .. HasLink(before) && HasLink(after) ? LinkRows(Row, say) : [Row(say.Text("Your link"), evidence => Link(evidence, say))],
        ];
        return [.. rows.Where(row => row.Before is not null || row.After is not null)];
    }

    private static EvidenceRow[] LinkRows(Func<string, Func<Evidence, string?>, EvidenceRow> row, Language say) =>
    [
        row(say.Text("Link URL"), evidence => say.Cut(evidence.LinkUrl!, MaxUrl)),
        row("rel", evidence => Rel(evidence, say)),
        row(say.Text("Followed by search engines"), evidence => YesNo(say, evidence.Follow)),
        row(say.Text("Anchor"), evidence => Quote(evidence.Anchor, say)),
        row(say.Text("Kind"), evidence => evidence.Kind is { } kind ? EvidenceWords.Of(kind, say) : null),
        row(say.Text("Placement"), evidence => evidence.Placement is { } placement ? EvidenceWords.Of(placement, say) : null),
        row(say.Text("Position"), evidence => Position(evidence, say)),
        row(say.Text("Hidden"), evidence => evidence is { Hidden: true, HiddenBy: { } by }
            ? say.Text("yes, by {element}", ("element", say.Cut(by, MaxValue))) : YesNo(say, evidence.Hidden)),
    ];

    private static bool HasLink(Evidence? evidence) => evidence?.LinkUrl is not null;

    // Where one side has no link, a row for each of its properties would only say so again and again.
    private static string Link(Evidence evidence, Language say)
    {
        if (evidence.LinkUrl is null)
            return evidence.Look() switch
            {
                var look when look.IsSeen() => say.Text("not there"),
                CheckOutcome.PageReplaced or CheckOutcome.Parked => say.Text("not on the page that stands there now"),
                _ => say.Text("not known"),
            };
        string?[] parts =
        [
            Quote(evidence.Anchor, say),
            say.Text("to {url}", ("url", say.Cut(evidence.LinkUrl, MaxUrl))),
            evidence.Rel is null or { Count: 0 } ? say.Text("no rel") : $"rel {Rel(evidence, say)}",
            evidence.Placement is { } placement ? EvidenceWords.In(placement, say) : null,
            evidence is { Hidden: true, HiddenBy: { } by } ? say.Text("hidden by {element}", ("element", say.Cut(by, MaxValue)))
                : evidence.Hidden == true ? say.Text("hidden") : null,
            Position(evidence, say),
        ];
        return string.Join(", ", parts.Where(part => part is not null));
    }

    private static string? Rel(Evidence evidence, Language say) =>
        evidence.Rel is { } rel ? (rel.Count == 0 ? say.Text("none") : say.Cut(string.Join(' ', rel), MaxValue)) : null;

    private static string Status(Evidence evidence, Language say)
    {
        // The document was handed over: nobody knows what came with it.
        if (evidence is { Status: null, Observation: ObservationKind.Observed })
            return say.Text("not known");
        var look = evidence.Look();
        var what = CheckWords.Label(look, say);
        return evidence.Status is { } status ? string.Create(CultureInfo.InvariantCulture, $"HTTP {status} ({what})")
            : look == CheckOutcome.Unreachable ? what
            : say.Text("no answer ({what})", ("what", what));
    }

    private static string? Redirects(Evidence evidence, Language say) => evidence.Redirects.Count == 0
        ? null
        : string.Join(" → ", evidence.Redirects.Select(hop =>
            string.Create(CultureInfo.InvariantCulture, $"{hop.Status} {say.Cut(hop.Url.Href, MaxUrl)}")));

    private static string? Robots(Evidence evidence, Language say) => evidence.Robots is not { } robots
        ? null
        : robots is { Index: true, Follow: true }
            ? "index, follow"
            : say.Cut(
                $"{(robots.Index ? "index" : "noindex")}, {(robots.Follow ? "follow" : "nofollow")} ({string.Join("; ", robots.Reasons)})",
                MaxValue);

    // One link and none are reported by the link itself.
    private static string? Occurrences(Evidence evidence, Language say) =>
        evidence.MostOccurrences > 1 && evidence.Observation == ObservationKind.Observed
        ? IsFewer(evidence)
            ? say.Text("{count} (of {most} at most)", ("count", Digits(evidence.Occurrences)), ("most", Digits(evidence.MostOccurrences)))
            : Digits(evidence.Occurrences)
        : null;

    private static bool IsFewer(Evidence evidence) => evidence.Occurrences > 0 && evidence.Occurrences < evidence.MostOccurrences;

    // Without a comparison the count alone would say nothing of the change.
    private static string? OtherLinks(Evidence evidence, Language say) =>
        evidence.Scope is { Scope: not ChangeScope.Unknown, Others: > 0 } scope
        ? say.Text(
            "{count} of {all} outbound links unchanged",
            ("count", say.Number(scope.Others - scope.Touched)),
            ("all", say.Number(scope.Others)))
        : null;

    private static string? Position(Evidence evidence, Language say) =>
        evidence is { Ordinal: { } ordinal, LinkCount: { } links, TextShare: { } share }
        ? say.Text(
            "link {number} of {all}, {percent} % down the text",
            ("number", say.Number(ordinal)), ("all", say.Number(links)),
            ("percent", (share * 100).ToString("0", CultureInfo.InvariantCulture)))
        : null;

    private static string Digits(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string? YesNo(Language say, bool? value) =>
        value switch { true => say.Text("yes"), false => say.Text("no"), null => null };

    private static string? Quote(string? value, Language say) =>
        value is null ? null : value.Length == 0 ? say.Text("(empty)") : say.Text("“{text}”", ("text", say.Cut(value, MaxValue)));
}

/// <summary>One line of the evidence; a side is null when that check did not see it.</summary>
internal sealed record EvidenceRow(string Label, string? Before, string? After)
{
    /// <summary>It is about the page, not about the link on it.</summary>
    public bool IsOfPage { get; init; }

    /// <summary>When the checks were made.</summary>
    public bool IsTimeOfCheck { get; init; }

    /// <summary>Whether it is shown side by side.</summary>
    public bool Differs => IsTimeOfCheck || !string.Equals(Before, After, StringComparison.Ordinal);
}

/// <summary>What checks record, in words: in English the ones that the API has, too.</summary>
internal static class EvidenceWords
{
    public static string Of(Placement placement, Language say) => placement switch
    {
        Placement.Main => say.Text("main"),
        Placement.Nav => say.Text("nav"),
        Placement.Header => say.Text("header"),
        Placement.Footer => say.Text("footer"),
        Placement.Aside => say.Text("aside"),
        Placement.Comments => say.Text("comments"),
        _ => throw new ArgumentOutOfRangeException(nameof(placement), placement, "No word for this placement."),
    };

    public static string Of(LinkKind kind, Language say) => kind switch
    {
        LinkKind.Text => say.Text("text"),
        LinkKind.Image => say.Text("image"),
        LinkKind.Area => say.Text("area"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No word for this kind of link."),
    };

    /// <summary>In which part of the page a link is, for the middle of a sentence.</summary>
    public static string In(Placement placement, Language say) => placement switch
    {
        Placement.Main => say.Text("in the main text"),
        Placement.Nav => say.Text("in the navigation"),
        Placement.Header => say.Text("in the header"),
        Placement.Footer => say.Text("in the footer"),
        Placement.Aside => say.Text("in the sidebar"),
        Placement.Comments => say.Text("in the comments"),
        _ => throw new ArgumentOutOfRangeException(nameof(placement), placement, "No words for this placement."),
    };

    /// <summary>What a reason expected, below its sentence.</summary>
    public static string Expected(ReasonCode code, string value, Language say) => code == ReasonCode.MentionOnly
        ? say.Text("a link to {url}", ("url", value))
        : Value(code, value, say);

    /// <summary>What a reason found, below its sentence: of a URL or an error text that stands somewhere, what it is and where.</summary>
    public static string Found(ReasonCode code, string value, Language say) => code switch
    {
        ReasonCode.MentionOnly => say.Text("only the URL ({place})", ("place", Place(value, say))),
        ReasonCode.Soft404 when value != HomePage => say.Text("an error text ({place})", ("place", Place(value, say))),
        _ => Value(code, value, say),
    };

    /// <summary>What a reason expected or found. Most of it is from the web and stays as it is.</summary>
    public static string Value(ReasonCode code, string value, Language say) => code switch
    {
        ReasonCode.PlacementChanged when WireName.TryParse<Placement>(value, out var placement) => Of(placement, say),
        ReasonCode.TargetBroken => Target(value, say),
        ReasonCode.Soft404 or ReasonCode.MentionOnly => Place(value, say),
        ReasonCode.GoogleDisallowed when value == "Googlebot allowed" => say.Text("Googlebot allowed"),
        _ => value,
    };

    private const string HomePage = "home page";

    private static string Target(string value, Language say) => value switch
    {
        "no-such-name" => say.Text("domain does not exist"),
        "certificate-expired" => say.Text("certificate expired"),
        "no-answer" => say.Text("no answer"),
        "loop" => say.Text("endless redirect"),
        _ => value,
    };

    private static string Place(string value, Language say) => value switch
    {
        "title" => say.Text("title"),
        "heading" => say.Text("heading"),
        "text" => say.Text("text"),
        HomePage => say.Text("home page"),
        "the page's text" => say.Text("the page's text"),
        "an attribute" => say.Text("an attribute"),
        _ => value,
    };
}
