using System.Text.Json.Serialization;
using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Explaining;
using LinkMonitor.Engine.Identity;
using LinkMonitor.Engine.Judging.Targets;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.CommandLine.Output;

/// <summary>The outcome of one check, as <c>check --json</c> writes it.</summary>
internal sealed record CheckView
{
    public required string Page { get; init; }

    public required string Target { get; init; }

    public required ObservationKind Observation { get; init; }

    public required VerdictState State { get; init; }

    public required IReadOnlyList<ReasonView> Reasons { get; init; }

    public required int? Status { get; init; }

    public required string FinalUrl { get; init; }

    public required IReadOnlyList<RedirectView> Redirects { get; init; }

    public required IReadOnlyList<OccurrenceView> Occurrences { get; init; }

    public required DateTimeOffset CheckedAt { get; init; }

    /// <summary>An earlier result found the link; for people only.</summary>
    [JsonIgnore]
    public bool WasKnown { get; init; }

    /// <summary>What a later run can compare with; written to <c>.jsonl</c> files only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public KnownView? Known { get; init; }

    /// <summary>Where the link's row begins in the file, from 1; null for a single page.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Line { get; init; }

    /// <summary>The user's own columns of the file by their names; null when there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Columns { get; init; }

    /// <summary>Of a file with <c>--explain</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ExplanationView? Explanation { get; init; }

    public static CheckView Of(WebUrl page, Expectation expectation, Verdict verdict) => new()
    {
        Page = page.Href,
        Target = expectation.Target.Href,
        Observation = verdict.Observation.Kind,
        State = verdict.State,
        Reasons = [.. verdict.Reasons.Select(reason => new ReasonView(reason.Code, reason.Message))],
        Status = verdict.Observation.Status,
        FinalUrl = verdict.Observation.FinalUrl.Href,
        Redirects = [.. verdict.Observation.Redirects.Select(step => new RedirectView(step.Url.Href, step.Status))],
        Occurrences =
            verdict.Observation.Reading is { } reading ? [.. verdict.Occurrences.Select(link => OccurrenceView.Of(link, reading))] : [],
        CheckedAt = verdict.Observation.CheckedAt,
    };

    /// <summary>The outcome with what is wrong with the target.</summary>
    public CheckView With(IReadOnlyList<Reason> targetReasons) => this with
    {
        State = TargetJudge.StateWith(State, targetReasons),
        Reasons = [.. Reasons, .. targetReasons.Select(reason => new ReasonView(reason.Code, reason.Message))],
    };
}

/// <summary>How a verdict came about, as <c>.jsonl</c> files with <c>--explain</c> hold it.</summary>
internal sealed record ExplanationView(string Sentence, string? Source, IReadOnlyList<ExplanationStep> Steps)
{
    public static ExplanationView Of(Explanation explanation) => new(explanation.Sentence, explanation.Source, explanation.Steps);
}

/// <summary>A link of a page, as <c>inspect</c> and <c>check</c> write it.</summary>
internal sealed record OccurrenceView
{
    public required string Href { get; init; }

    public required string? Url { get; init; }

    public required IReadOnlyList<string> Rel { get; init; }

    public required bool Follow { get; init; }

    public required string Anchor { get; init; }

    public required LinkKind Kind { get; init; }

    public required Placement Placement { get; init; }

    public required bool Hidden { get; init; }

    /// <summary>Its place among the page's links, from 1; for people only, the JSON is fixed.</summary>
    [JsonIgnore]
    public int Ordinal { get; init; }

    /// <summary>How far down the text it stands, 0 to 1; for people only.</summary>
    [JsonIgnore]
    public double TextShare { get; init; }

    public static OccurrenceView Of(PageLink link, PageReading page) => new()
    {
        Href = link.Href,
        Url = link.Url?.Href,
        Rel = link.Rel,
        Follow = link.Follow,
        Anchor = link.Anchor,
        Kind = link.Kind,
        Placement = link.Placement,
        Hidden = link.Hidden,
        Ordinal = link.Ordinal,
        TextShare = LinkSurroundings.Share(page, link),
    };
}

/// <summary>Why the state is what it is.</summary>
internal sealed record ReasonView(ReasonCode Code, string Message);

/// <summary>One step of a redirect chain.</summary>
internal sealed record RedirectView(string Url, int Status);

/// <summary>What a run knows of a link and its page, for a later run with <c>--baseline</c>: of the last one that found the link.</summary>
internal sealed record KnownView
{
    public required DateTimeOffset SeenAt { get; init; }

    public required KnownPage Page { get; init; }

    /// <summary>The page's other outbound links.</summary>
    public required OutboundLinks Outbound { get; init; }

    /// <summary>At most 120 characters of the page's text before the link.</summary>
    public required string Before { get; init; }

    /// <summary>At most 120 characters of it after the link.</summary>
    public required string After { get; init; }

    public required string Anchor { get; init; }

    public required string Rel { get; init; }

    public required Placement Placement { get; init; }

    public required bool Hidden { get; init; }

    public required bool PageNofollow { get; init; }

    /// <summary>Null when the check did not find the link.</summary>
    public static KnownView? Of(Verdict verdict) =>
        verdict is { Known: { } known, Best: { } link, Observation.Reading: { } page } ? new KnownView
        {
            SeenAt = verdict.Observation.CheckedAt,
            Page = known,
            Outbound = OutboundLinks.Of(page, link),
            Before = LinkSurroundings.Before(page, link),
            After = LinkSurroundings.After(page, link),
            Anchor = link.Anchor.Length <= LongestAnchor ? link.Anchor : link.Anchor[..LongestAnchor],
            Rel = RelText.Write(link.Qualifiers),
            Placement = link.Placement,
            Hidden = link.Hidden,
            PageNofollow = !page.Robots.Follow,
        } : null;

    /// <summary>As the judge needs it.</summary>
    public LinkMemory ToMemory() => new()
    {
        Baseline = new Baseline
        {
            Rel = RelText.Qualifiers(RelText.Tokens(Rel)),
            Anchor = Anchor,
            Placement = Placement,
            Hidden = Hidden,
            Indexable = true,
            PageNofollow = PageNofollow,
            SeenAt = SeenAt,
        },
        Known = Page,
        Outbound = Outbound,
        LastAnchor = Anchor,
        Place = (Before, After),
    };

    private const int LongestAnchor = 500;
}
