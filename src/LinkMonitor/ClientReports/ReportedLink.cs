using System.Text.Json;
using System.Text.Json.Serialization;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.ClientReports;

/// <summary>
/// A link as a report keeps it. Of what the project knows nothing is in it that is not for a client: no price, vendor, contact, tag or
/// note.
/// </summary>
public sealed record ReportedLink
{
    public required string Id { get; init; }

    public required string Page { get; init; }

    public required string Target { get; init; }

    public required Standing State { get; init; }

    /// <summary>When the state began, as checks confirmed it.</summary>
    public required DateTimeOffset Since { get; init; }

    public IReadOnlyList<ReportedReason> Reasons { get; init; } = [];

    public required ReportedSight Expected { get; init; }

    /// <summary>What the last check that saw the link found; null before one did.</summary>
    public ReportedSight? Found { get; init; }

    /// <summary>What the last check saw of the page; null before the first.</summary>
    public CheckOutcome? Look { get; init; }

    /// <summary>The last check; null before the first.</summary>
    public ReportedEvidence? Evidence { get; init; }

    /// <summary>The last check that saw the link; null before one did.</summary>
    public DateTimeOffset? SeenAt { get; init; }

    /// <summary>What a person says who looked where no check could tell; null when nobody did, or it counts no more.</summary>
    public ReportedAnswer? Answer { get; init; }

    /// <summary>The last day of its term; null for none.</summary>
    public DateOnly? TermEnds { get; init; }

    /// <summary>
    /// A letter for each day of the period from its first, as <see cref="DayLog.Marks"/> has them: what was known at its end.
    /// </summary>
    public string Days { get; init; } = "";

    /// <param name="today">In the project's time zone: what a link is today is what it is in all figures.</param>
    internal static ReportedLink Of(WatchedLink link, DateTimeOffset now, ReportPeriod period, DateOnly today)
    {
        var (status, state) = (link.Status, StandingRule.Of(link.Status));

        // A check that failed by our own fault says nothing that a state could rest on.
        var rest = status.LastOutcome == CheckOutcome.OurFault && state != Standing.NotVerified
            ? status.LastAgreedEvidence : status.LastEvidence;
        return new ReportedLink
        {
            Id = link.Id.Value,
            Page = link.Page.Href,
            Target = link.Expectation.Target.Href,
            State = state,
            Since = status.Since,
            Reasons = ReportedReason.Of(status.Reasons),
            Expected = ReportedSight.Expected(link.Expectation, status.Baseline),
            Found = status.LastSeenEvidence is { } seen ? ReportedSight.Found(seen) : null,
            Look = status.LastOutcome,
            Evidence = rest is null ? null : ReportedEvidence.Of(rest),
            SeenAt = status.LastSeenAt,
            Answer = link.AnswerAt(now) is { } answer ? new ReportedAnswer(answer.Says, answer.At) : null,
            TermEnds = link.Terms?.End,
            Days = DayStates.Of(status.Days, state, period, today),
        };
    }
}

/// <summary>Why a link is what it is.</summary>
/// <param name="Message">A sentence in English; a report in another language has its own for the code.</param>
/// <param name="Expected">Short; null when the code says it all.</param>
/// <param name="Found">Short; null when the code says it all.</param>
public sealed record ReportedReason(ReasonCode Code, string Message, string? Expected, string? Found)
{
    private const int Most = 10;
    private const int Length = 500;

    internal static IReadOnlyList<ReportedReason> Of(IReadOnlyList<Reason> reasons) =>
        [
            .. reasons.Take(Most).Select(reason => new ReportedReason(
                reason.Code, ReportText.Cut(reason.Message, Length)!, ReportText.Cut(reason.Expected, Length),
                ReportText.Cut(reason.Found, Length))),
        ];

    internal Reason ToReason() => new() { Code = Code, Message = Message, Expected = Expected, Found = Found };
}

/// <summary>What a link is to look like, or looked like; parts that are null are not known, or may be anything.</summary>
/// <param name="Rel"><c>follow</c>, or any of nofollow, sponsored and ugc.</param>
/// <param name="Anchor">At most 500 characters.</param>
/// <param name="Place">The part of the page that it stands in.</param>
/// <param name="Followed">Whether search engines follow it, the page's own word included.</param>
public sealed record ReportedSight(string? Rel, string? Anchor, Placement? Place, bool? Followed)
{
    internal static ReportedSight Expected(Expectation wanted, Baseline? first) => new(
        wanted.Rel.Kind switch
        {
            ExpectedKind.Exactly => RelText.Write(wanted.Rel.Value),
            ExpectedKind.AsFirstSeen when first is not null => RelText.Write(first.Rel),
            _ => null,
        },
        ReportText.Cut(wanted.Anchor.Kind switch
        {
            ExpectedKind.Exactly => wanted.Anchor.Value,
            ExpectedKind.AsFirstSeen => first?.Anchor,
            _ => null,
        }, LinkFacts.MaxFoundAnchor),
        wanted.Placement.Kind switch
        {
            ExpectedKind.Exactly => wanted.Placement.Value,
            ExpectedKind.AsFirstSeen => first?.Placement,
            _ => null,
        },
        null);

    internal static ReportedSight Found(Evidence seen) => new(
        seen.Rel is { } tokens ? RelText.Write(RelText.Qualifiers(tokens)) : null,
        ReportText.Cut(seen.Anchor, LinkFacts.MaxFoundAnchor), seen.Placement, seen.Follow);
}

/// <summary>Which check something rests on: its whole evidence stays with the link in LinkMonitor.</summary>
/// <param name="Status">Of HTTP; null when there was no answer.</param>
/// <param name="FinalUrl">Where the page was in the end.</param>
public sealed record ReportedEvidence(DateTimeOffset CheckedAt, int? Status, string FinalUrl)
{
    private const int LongestUrl = 2_083;

    internal static ReportedEvidence Of(Evidence evidence) =>
        new(evidence.CheckedAt, evidence.Status, ReportText.Cut(evidence.FinalUrl, LongestUrl)!);
}

/// <summary>What a person saw.</summary>
public sealed record ReportedAnswer(AnswerKind Says, DateTimeOffset At);

/// <summary>A change of a link within the period of a report.</summary>
public sealed record ReportedChange
{
    public required string LinkId { get; init; }

    public required string Page { get; init; }

    public required string Target { get; init; }

    public required ReportedMove Move { get; init; }

    /// <summary>The check that confirmed it.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The first check that saw it.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Why the link is not as agreed since; empty where it is.</summary>
    public IReadOnlyList<ReportedReason> Reasons { get; init; } = [];

    public required ReportedEvidence Evidence { get; init; }

    internal static ReportedChange Of(LinkChange change)
    {
        var (made, move) = (change.Transition, MoveOf(change.Transition));
        return new ReportedChange
        {
            LinkId = change.LinkId.Value,
            Page = change.Page.Href,
            Target = change.Target.Href,
            Move = move,
            At = made.At,
            Since = made.Since,
            Reasons = ReportedReason.Of(made.ReasonsAfter),
            Evidence = ReportedEvidence.Of(made.After),
        };
    }

    /// <summary>The reasons that hold since: reports of before kept those of a former loss for a link that came back.</summary>
    [JsonIgnore]
    public IEnumerable<ReportedReason> Holding => Move switch
    {
        ReportedMove.Restored => [],
        ReportedMove.Back => Reasons.Where(reason => !ReasonCatalogue.Of(reason.Code).IsLoss),
        _ => Reasons,
    };

    /// <summary>What became unreachable is as it was before: nothing has come or gone by that.</summary>
    internal static ReportedMove MoveOf(LinkTransition made)
    {
        var before = made.HeldBefore?.State ?? made.From;
        return made.To switch
        {
            LinkState.Unreachable or LinkState.Pending => ReportedMove.Unseen,
            LinkState.Lost => before == LinkState.Lost ? ReportedMove.Changed : ReportedMove.Lost,
            LinkState.NotFound => ReportedMove.NotFound,
            _ when before == LinkState.Lost => ReportedMove.Back,
            _ when before is LinkState.Pending or LinkState.NotFound => ReportedMove.Found,
            LinkState.Live when before == LinkState.Changed => ReportedMove.Restored,
            _ when made.From == LinkState.Unreachable => ReportedMove.SeenAgain,
            _ => ReportedMove.Changed,
        };
    }
}

/// <summary>What happened to a link.</summary>
[JsonConverter(typeof(WireNameJsonConverter<ReportedMove>))]
public enum ReportedMove
{
    /// <summary>There for the first time.</summary>
    Found,

    /// <summary>There again after it was lost.</summary>
    Back,

    Lost,

    /// <summary>There, and otherwise than before.</summary>
    Changed,

    /// <summary>As agreed again.</summary>
    Restored,

    /// <summary>Not there at the first check.</summary>
    NotFound,

    /// <summary>Its page cannot be seen any more.</summary>
    Unseen,

    /// <summary>Its page can be seen again.</summary>
    SeenAgain,
}

/// <summary>Text of others, kept within bounds.</summary>
internal static class ReportText
{
    public static string? Cut(string? text, int length) => text is null || text.Length <= length ? text
        : char.IsHighSurrogate(text[length - 1]) ? text[..(length - 1)] : text[..length];
}

/// <summary>The JSON of what reports are kept as.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(KeptFigures))]
[JsonSerializable(typeof(ReportedLink))]
[JsonSerializable(typeof(ReportedChange))]
internal sealed partial class KeptJson : JsonSerializerContext;

/// <summary>The figures of a report with those of the one that it is compared with.</summary>
internal sealed record KeptFigures(ReportFigures Figures, EarlierReport? Earlier);

/// <summary>The last report of the same filter, as it was when a report was made.</summary>
/// <param name="On">The day it was made, in the time zone of the project.</param>
public sealed record EarlierReport(int Number, DateOnly On, EarlierFigures Figures);

/// <summary>What a report is compared by.</summary>
/// <param name="Domains">Null where it was not known.</param>
public sealed record EarlierFigures(
    int Links, int AsAgreed, int Changed, int Lost, int NotFound, int NotVerified, int? Domains, int Followed, int NotFollowed)
{
    internal static EarlierFigures Of(ReportFigures figures) => new(
        figures.Links, figures.AsAgreed, figures.Changed, figures.Lost, figures.NotFound, figures.NotVerified, figures.DomainCount,
        figures.Followed, figures.NotFollowed);
}
