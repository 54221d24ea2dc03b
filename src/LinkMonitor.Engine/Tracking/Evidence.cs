using System.Text.Json.Serialization;
using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Explaining;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reading;
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
