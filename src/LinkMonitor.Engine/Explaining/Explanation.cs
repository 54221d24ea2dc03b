using System.Globalization;
using System.Text.Json.Serialization;
using LinkMonitor.Engine.Judging.Walls;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Unicode;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Explaining;

/// <summary>How a verdict came about.</summary>
public sealed record Explanation
{
    /// <summary>What is so and what to do about it, in plain words, at most 600 characters.</summary>
    public required string Sentence { get; init; }

    /// <summary>
    /// The page of the standard or of the search engine behind the verdict; null for a link as expected, and for rules of our own.
    /// </summary>
    public string? Source { get; init; }

    /// <summary>In the order in which they were taken; exactly one <see cref="StepState.Decides"/>.</summary>
    public required IReadOnlyList<ExplanationStep> Steps { get; init; }
}

/// <summary>
/// Lays a verdict open: the steps that led to it, which of them decides, one sentence of advice, and the source of the rule.
/// </summary>
public static class Explainer
{
    internal const int LongestSentence = 600;

    /// <summary>Pure: the same verdict gives the same explanation.</summary>
    public static Explanation Explain(Verdict verdict)
    {
        var grounds = verdict.Reasons.Select(reason => (Step: StepOf(reason, verdict), Reason: reason)).ToList();
        var decides = grounds.Count > 0 ? grounds[0].Step : StepName.Element;
        var notices = grounds.Select(ground => ground.Step).Concat(Notices.Of(verdict)).ToHashSet();
        var steps = StepText.Of(verdict)
            .Concat(Missing(verdict, grounds))
            .OrderBy(step => step.Name)
            .Select(step => step with { Seen = ShortText.Cut(step.Seen, StepText.Longest), State = StateOf(step.Name) });
        return new Explanation
        {
            Sentence = ShortText.Cut(SentenceOf(verdict), LongestSentence),
            Source = verdict.Reasons.Count > 0 ? SourceOf(verdict.Reasons[0], verdict) : null,
            Steps = [.. steps],
        };

        StepState StateOf(StepName name) => name == decides ? StepState.Decides : notices.Contains(name) ? StepState.Notice : StepState.Ok;
    }

    /// <summary>A reason whose step has nothing of its own to show is shown by its message.</summary>
    private static IEnumerable<ExplanationStep> Missing(Verdict verdict, IReadOnlyList<(StepName Step, Reason Reason)> grounds)
    {
        var shown = StepText.Of(verdict).Select(step => step.Name).ToHashSet();
        return grounds
            .Where(ground => shown.Add(ground.Step))
            .Select(ground => new ExplanationStep(ground.Step, ground.Reason.Found ?? ground.Reason.Message, StepState.Ok));
    }

    /// <summary>
    /// A robots rule may stand in the header only, a page may leave by a status, a redirect or a refresh, and what came with a success
    /// status is told from the page by what it is, not by that status.
    /// </summary>
    private static StepName StepOf(Reason reason, Verdict verdict)
    {
        var step = ReasonCatalogue.Of(reason.Code).Step;
        if (IsAtTheLink(reason, verdict))
            return StepName.Element;
        return step is StepName.Status && IsToldByIdentity(verdict) ? StepName.Identity
            : step == StepName.Meta && reason.Found is { } found && !found.Contains("meta ", StringComparison.Ordinal) ? StepName.Headers
            : reason.Code == ReasonCode.Unreachable && verdict.Observation is { Status: not null } ? StepName.Status
            : step;
    }

    private static bool IsToldByIdentity(Verdict verdict) =>
        verdict is { State: VerdictState.Unknown, Observation.Reading: not null, Identity.IsThePage: false };

    // The source of "blocked" tells of challenges: a status alone has that of statuses. What else stands in the page's place with a success
    // status is told by rules of our own.
    private static string? SourceOf(Reason reason, Verdict verdict)
    {
        var entry = ReasonCatalogue.Of(reason.Code);
        if (reason.Code == ReasonCode.Blocked)
            return verdict.Observation switch
            {
                { Wall.Kind: WallKind.Challenge } => entry.Source,
                { Wall: null, Reading: null } => Sources.Statuses,
                _ => null,
            };
        return entry.Step is StepName.Status && IsToldByIdentity(verdict) ? null : entry.Source;
    }

    /// <summary>The page was seen, and what keeps us from the link stands in the link's place or behind it.</summary>
    private static bool IsAtTheLink(Reason reason, Verdict verdict) =>
        verdict is { State: VerdictState.Unknown, Identity.IsThePage: true, Observation.Status: < 300 }
        && reason.Code is ReasonCode.ServerError or ReasonCode.Blocked or ReasonCode.Unreachable or ReasonCode.RobotsDisallowed
            or ReasonCode.Refused or ReasonCode.PageShrunk;

    private static string SentenceOf(Verdict verdict)
    {
        var notice = Notices.Sentence(verdict);
        var sentence = verdict.Reasons.Count > 0 ? verdict.Reasons[0].Message : "The link is there as expected; there is nothing to do.";
        return notice is null ? sentence : $"{sentence} {notice}";
    }
}

/// <summary>One step of a check.</summary>
/// <param name="Seen">What was seen, at most 200 characters; values from the web appear in it unescaped.</param>
public sealed record ExplanationStep(StepName Name, string Seen, StepState State);

/// <summary>What is worth knowing though no state follows from it.</summary>
internal static class Notices
{
    /// <summary>The steps that show something of the kind.</summary>
    public static IEnumerable<StepName> Of(Verdict verdict)
    {
        var observation = verdict.Observation;
        if (observation.Redirects.Count > 0)
            yield return StepName.Redirects;
        if (observation.Reading is not { } page)
            yield break;
        if (observation.DisallowedForGoogle is not null)
            yield return StepName.RobotsTxt;
        if (verdict is { State: VerdictState.Unknown, Identity.IsThePage: false })
            yield return StepName.Identity;
        if (page.Robots.Reasons.Any(StepText.IsOfHeader))
            yield return StepName.Headers;
        if (page.Robots.Reasons.Any(reason => !StepText.IsOfHeader(reason)))
            yield return StepName.Meta;
        if (page.Canonical is { } canonical && !UrlKeys.IsSamePage(canonical, page.Url))
            yield return StepName.Canonical;
        if (LostOccurrences(verdict) > 0 || verdict.Detour is not null)
            yield return StepName.Element;
    }

    /// <summary>What the reasons do not say: links lost beside one that is left, and a page that moved with its link.</summary>
    public static string? Sentence(Verdict verdict)
    {
        var move = verdict is { Best: not null, MovedTo: { } moved } ? moved.Sentence : null;
        string?[] sentences = [verdict.Detour, LostSentence(verdict), move];
        var told = string.Join(' ', sentences.OfType<string>());
        return told.Length == 0 ? null : told;
    }

    /// <summary>Tells the loss of some of several links; null when none was lost.</summary>
    public static string? LostSentence(Verdict verdict) => LostOccurrences(verdict) is > 0 and var lost
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{lost} of {lost + verdict.Occurrences.Count} links to the target {(lost == 1 ? "was" : "were")} removed from the page.")
        : null;

    /// <summary>How many links went while at least one is still there; a link to another URL of the site is none of them.</summary>
    private static int LostOccurrences(Verdict verdict) =>
        verdict is { Comparison.MostOccurrences: var most, Occurrences.Count: > 0 and var now }
        && !verdict.Reasons.Any(reason => reason.Code == ReasonCode.TargetChanged)
            ? most - now
            : 0;
}

/// <summary>What a step of an explanation adds to the verdict.</summary>
[JsonConverter(typeof(WireNameJsonConverter<StepState>))]
public enum StepState
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Worth knowing, or one more reason, but the verdict does not rest on it.</summary>
    Notice,

    /// <summary>The verdict rests on this step.</summary>
    Decides,
}

/// <summary>How it is known that nothing has changed on a page since it was read in full.</summary>
public enum UnchangedBy
{
    /// <summary>The site said so: 304.</summary>
    Site,

    /// <summary>The page came again, and all that its reading rests on is as it was.</summary>
    Comparison,
}

/// <summary>The step of a check that had no need to read the page again.</summary>
internal static class UnchangedStep
{
    /// <summary>The explanation of the full fetch with the step added, or brought up to date; null stays null.</summary>
    public static Explanation? AddTo(
        Explanation? explanation, DateTimeOffset seenAt, DateTimeOffset at, UnchangedBy by, TargetGap? target) =>
        explanation is null ? null : explanation with
        {
            Steps =
        [
            .. explanation.Steps
                .Where(step => step.Name != StepName.Unchanged)
                .Append(new ExplanationStep(StepName.Unchanged, $"{Word(seenAt, at, by)}{OfTarget(target)}", StepState.Notice))
                .OrderBy(step => step.Name),
        ],
        };

    private static string Word(DateTimeOffset seenAt, DateTimeOffset at, UnchangedBy by) => by is UnchangedBy.Site
        ? $"the site said on {Minute(at)} that the page has not changed (304) since {Minute(seenAt)}"
        : $"the page came again on {Minute(at)}, with nothing changed that matters to its links since {Minute(seenAt)}";

    private static string Minute(DateTimeOffset time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.UtcDateTime:yyyy-MM-dd HH:mm} UTC");

    private static string OfTarget(TargetGap? gap) => gap switch
    {
        TargetGap.NoAnswer => "; the target gave no answer then",
        TargetGap.OurFault => "; our own network failed before the target could be checked",
        TargetGap.OutOfTime => "; there was no time left to check the target",
        _ => "",
    };
}
