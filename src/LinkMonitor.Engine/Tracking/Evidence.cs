using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Explaining;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Unicode;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Tracking;

/// <summary>The proof kept of one check of one link: small, and readable years later without the page.</summary>
public sealed record Evidence
{
    public required DateTimeOffset CheckedAt { get; init; }

    /// <summary>
    /// When it was last known that nothing the evidence rests on had changed since <see cref="CheckedAt"/>: the site said so (304), or the
    /// page came again and was the same in all that matters. Null when it was not known.
    /// </summary>
    public DateTimeOffset? UnchangedAt { get; init; }

    public required ObservationKind Observation { get; init; }

    /// <summary>
    /// What was seen, or why it decides nothing: an answer may be <see cref="ObservationKind.Observed"/> and still not be the page. Null in
    /// evidence that was stored before this was kept.
    /// </summary>
    [JsonPropertyName("look")]
    public CheckOutcome? Outcome { get; init; }

    /// <summary>One sentence: what was seen.</summary>
    public required string Detail { get; init; }

    public int? Status { get; init; }

    public required string FinalUrl { get; init; }

    public IReadOnlyList<Redirect> Redirects { get; init; } = [];

    public string? Title { get; init; }

    public string? Canonical { get; init; }

    public RobotsDirectives? Robots { get; init; }

    /// <summary>How long the page's text was, in characters; null when the page was not read.</summary>
    public int? TextLength { get; init; }

    /// <summary>How many links the page had; null when it was not read.</summary>
    public int? LinkCount { get; init; }

    /// <summary>How many of them lead to other hosts.</summary>
    public int? ExternalLinks { get; init; }

    /// <summary>How many links of the page matched.</summary>
    public int Occurrences { get; init; }

    /// <summary>
    /// The most that any check of this link found, this one included; more than <see cref="Occurrences"/> when some were removed.
    /// </summary>
    public int MostOccurrences { get; init; }

    /// <summary>
    /// Only this link, or the others of the page too? Null when neither a removal, a page that went, nor a change of rel asks for it.
    /// </summary>
    public ScopeFinding? Scope { get; init; }

    /// <summary>
    /// The text around the place where the link was, at most 360 characters; null when it is there, or nothing recognisable survived.
    /// </summary>
    public string? WhereItWas { get; init; }

    /// <summary>
    /// Another page that carries the link, found by this check or by an earlier one since the link was last seen; null for none.
    /// </summary>
    public MovedLink? MovedTo { get; init; }

    /// <summary>How the verdict came about, step by step; null in evidence that was stored before there were explanations.</summary>
    public Explanation? Explanation { get; init; }

    /// <summary>The deciding occurrence's absolute URL; this and all below are null when the link was not there.</summary>
    public string? LinkUrl { get; init; }

    public IReadOnlyList<string>? Rel { get; init; }

    public bool? Follow { get; init; }

    public string? Anchor { get; init; }

    public LinkKind? Kind { get; init; }

    public Placement? Placement { get; init; }

    public bool? Hidden { get; init; }

    /// <summary>What hides it, and by what: <c>&lt;div class="ads"&gt;: style "display:none"</c>; null when nothing does.</summary>
    public string? HiddenBy { get; init; }

    /// <summary>Its place among the page's links; 1 for the first.</summary>
    public int? Ordinal { get; init; }

    /// <summary>How far down the page's text it stands, 0 to 1.</summary>
    public double? TextShare { get; init; }

    /// <summary>At most 120 characters of the page's text before the link.</summary>
    public string? ContextBefore { get; init; }

    /// <summary>At most 120 characters of the page's text after the link.</summary>
    public string? ContextAfter { get; init; }

    /// <summary>The element's HTML, cut at 1,000 characters.</summary>
    public string? Snippet { get; init; }
}

/// <summary>
/// What one check saw of a page, with the reason where it could not tell: finer than <see cref="ObservationKind"/>, for an answer may come
/// and still not be the page. The wire names are those of <see cref="ObservationKind"/> and <see cref="ReasonCode"/>.
/// </summary>
[JsonConverter(typeof(WireNameJsonConverter<CheckOutcome>))]
public enum CheckOutcome
{
    /// <summary>The page was seen.</summary>
    Observed,

    /// <summary>The server says that it is gone.</summary>
    Gone,
    Blocked,
    ServerError,
    Unreachable,
    NotHtml,
    TooLarge,
    RobotsDisallowed,
    Refused,
    OurFault,
    NoContent,
    ScriptOnly,
    PageShrunk,
    PageReplaced,
    Parked,
}

/// <summary>Says what a check saw of a page.</summary>
public static class OutcomeOfCheck
{
    /// <summary>Whether the page, or its confirmed absence, was seen: then what is said of the link rests on this check.</summary>
    public static bool IsSeen(this CheckOutcome outcome) => outcome is CheckOutcome.Observed or CheckOutcome.Gone;

    /// <summary>What a check saw, also in evidence that was stored before that was kept.</summary>
    public static CheckOutcome Look(this Evidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        return evidence.Outcome ?? Of(evidence.Observation);
    }

    internal static CheckOutcome Of(Verdict verdict) =>
        verdict.State == VerdictState.Unknown && verdict.Reasons.Count > 0 && ByReason(verdict.Reasons[0].Code) is { } why
            ? why
            : Of(verdict.Observation.Kind);

    /// <summary>All that evidence of an earlier version contains.</summary>
    internal static CheckOutcome Of(ObservationKind kind) => kind switch
    {
        ObservationKind.Observed => CheckOutcome.Observed,
        ObservationKind.Gone => CheckOutcome.Gone,
        ObservationKind.Blocked => CheckOutcome.Blocked,
        ObservationKind.ServerError => CheckOutcome.ServerError,
        ObservationKind.Unreachable => CheckOutcome.Unreachable,
        ObservationKind.NotHtml => CheckOutcome.NotHtml,
        ObservationKind.TooLarge => CheckOutcome.TooLarge,
        ObservationKind.RobotsDisallowed => CheckOutcome.RobotsDisallowed,
        ObservationKind.Refused => CheckOutcome.Refused,
        ObservationKind.OurFault => CheckOutcome.OurFault,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No check of this kind."),
    };

    private static CheckOutcome? ByReason(ReasonCode code) => code switch
    {
        ReasonCode.Blocked => CheckOutcome.Blocked,
        ReasonCode.ServerError => CheckOutcome.ServerError,
        ReasonCode.Unreachable => CheckOutcome.Unreachable,
        ReasonCode.RobotsDisallowed => CheckOutcome.RobotsDisallowed,
        ReasonCode.Refused => CheckOutcome.Refused,
        ReasonCode.NotHtml => CheckOutcome.NotHtml,
        ReasonCode.NoContent => CheckOutcome.NoContent,
        ReasonCode.ScriptOnly => CheckOutcome.ScriptOnly,
        ReasonCode.PageShrunk => CheckOutcome.PageShrunk,
        ReasonCode.PageReplaced => CheckOutcome.PageReplaced,
        ReasonCode.Parked => CheckOutcome.Parked,
        _ => null,
    };
}

/// <summary>
/// Keeps the proof of a check. Everything a page says is hostile, so every text is cut: evidence must always fit into a table row.
/// </summary>
internal static class EvidenceFactory
{
    public const int LongestText = 500;
    public const int LongestUrl = 2_083;
    public const int LongestSnippet = 1_000;
    public const int LongestRedirect = 500;
    public const int LongestEntry = 100;
    public const int MostEntries = 20;

    public static Evidence From(Verdict verdict)
    {
        var evidence = OfPage(verdict);
        return verdict is { Best: { } link, Observation.Reading: { } page } ? WithLink(evidence, page, link) : evidence;
    }

    private static Evidence OfPage(Verdict verdict)
    {
        var observation = verdict.Observation;
        return new Evidence
        {
            CheckedAt = observation.CheckedAt,
            Observation = observation.Kind,
            Outcome = OutcomeOfCheck.Of(verdict),
            Detail = Cut(observation.Detail, LongestText),
            Status = observation.Status,
            FinalUrl = Cut(observation.FinalUrl.Href, LongestUrl),
            Redirects = [.. observation.Redirects.Take(MostEntries).Select(Cut)],
            Title = Cut(observation.Reading?.Title, LongestText),
            Canonical = Cut(observation.Reading?.Canonical?.Href, LongestUrl),
            Robots = Cut(observation.Reading?.Robots),
            TextLength = observation.Reading?.Text.Length,
            LinkCount = observation.Reading?.Links.Count,
            Occurrences = verdict.Occurrences.Count,
            MostOccurrences = verdict.Comparison?.MostOccurrences ?? verdict.Occurrences.Count,
            ExternalLinks = observation.Reading is { } page ? LinkSurroundings.ExternalLinks(page) : null,
            Scope = verdict.Comparison?.Scope,
            WhereItWas = verdict.Comparison?.WhereItWas,
            MovedTo = verdict.MovedTo,
            Explanation = Explainer.Explain(verdict),
        };
    }

    private static Evidence WithLink(Evidence evidence, PageReading page, PageLink link) => evidence with
    {
        LinkUrl = Cut(link.Url?.Href, LongestUrl),
        Rel = Cut(link.Rel),
        Follow = link.Follow,
        Anchor = Cut(link.Anchor, LongestText),
        Kind = link.Kind,
        Placement = link.Placement,
        Hidden = link.Hidden,
        HiddenBy = link.HiddenBy,
        Snippet = Cut(link.Snippet, LongestSnippet),
        Ordinal = link.Ordinal,
        TextShare = LinkSurroundings.Share(page, link),
        ContextBefore = LinkSurroundings.Before(page, link),
        ContextAfter = LinkSurroundings.After(page, link),
    };

    private static RobotsDirectives? Cut(RobotsDirectives? robots) =>
        robots is null ? null : robots with { Reasons = Cut(robots.Reasons) };

    /// <summary>The beginning of a URL that is longer than its host name can be is a URL again.</summary>
    private static Redirect Cut(Redirect redirect) =>
        redirect.Url.Href.Length > LongestRedirect && WebUrl.TryParse(redirect.Url.Href[..LongestRedirect], out var url)
            ? redirect with { Url = url }
            : redirect;

    /// <summary>The first entries, and a mark that there were more.</summary>
    private static List<string> Cut(IReadOnlyList<string> entries)
    {
        List<string> kept = [.. entries.Take(MostEntries).Select(entry => Cut(entry, LongestEntry))];
        if (entries.Count > MostEntries)
            kept.Add(ShortText.Ellipsis);
        return kept;
    }

    [return: NotNullIfNotNull(nameof(text))]
    private static string? Cut(string? text, int longest) => ShortText.Cut(text, longest);
}
