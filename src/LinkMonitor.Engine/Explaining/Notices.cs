using System.Globalization;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Explaining;

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
        if (page.Robots.Reasons.Any(StepText.IsOfHeader))
            yield return StepName.Headers;
        if (page.Robots.Reasons.Any(reason => !StepText.IsOfHeader(reason)))
            yield return StepName.Meta;
        if (page.Canonical is { } canonical && !IsSamePage(canonical, page.Url))
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

    public static bool IsSamePage(WebUrl one, WebUrl other) => UrlKeys.PageIdentity(one).Equals(UrlKeys.PageIdentity(other));

    /// <summary>How many links went while at least one is still there; a link to another URL of the site is none of them.</summary>
    private static int LostOccurrences(Verdict verdict) =>
        verdict is { Hindsight.MostOccurrences: var most, Occurrences.Count: > 0 and var now }
        && !verdict.Reasons.Any(reason => reason.Code == ReasonCode.TargetChanged)
            ? most - now
            : 0;
}
