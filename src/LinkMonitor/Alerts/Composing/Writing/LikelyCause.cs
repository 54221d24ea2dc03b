using System.Globalization;
using LinkMonitor.Alerts.Incidents;
using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Moving;

namespace LinkMonitor.Alerts.Composing.Writing;

/// <summary>Says in plain sentences what probably caused an incident. What is not known is not guessed: then it says what is so.</summary>
internal static class LikelyCause
{
    private const int MaxName = 100;
    private const int MaxUrl = 200;

    public static string Of(Cause cause, CommonGround common)
    {
        var sentence = cause.Kind switch
        {
            CauseKind.Target when IsOurs(common) => OurTarget(cause, common),
            CauseKind.Vendor when cause.Subject is { } vendor => Vendor(vendor, common),
            CauseKind.Page when common.Kind is null => "Several of your links on one page changed at about the same time: the page was probably edited.",
            CauseKind.Host when common.Kind is null => "Links on several pages of one site changed at about the same time: the site was probably edited.",
            _ => OfPages(common),
        };
        string?[] sentences = [sentence, Scope(common), Moved(common)];
        return string.Join(' ', sentences.Where(part => part is not null));
    }

    private static bool IsOurs(CommonGround common) => common.Code is ReasonCode.TargetBroken or ReasonCode.TargetRedirects;

    private static string OurTarget(Cause cause, CommonGround common)
    {
        var target = WebText.Short(cause.Subject ?? common.Changes[0].Target.Href, MaxUrl);
        var links = $"{LetterWords.Links(common.Count)} {(common.Count == 1 ? "leads" : "lead")} to it.";
        return common.Code == ReasonCode.TargetRedirects
            ? $"Your own page {target} redirects elsewhere: {links}"
            : $"Your own page {target} {Answer(common.Found)}: {links}";
    }

    private static string Answer(string? found) =>
        int.TryParse(found, NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            ? string.Create(CultureInfo.InvariantCulture, $"answers {status}")
            : found is null ? "is broken" : "redirects without an end";

    private static string Vendor(string vendor, CommonGround common)
    {
        var what = $"{LetterWords.Links(common.Count)} bought from {WebText.Short(vendor, MaxName)}";
        var where = common.Host is null ? $" on {LetterWords.Count(common.HostCount, "site", "sites")}" : "";
        return common.Worst == ChangeKind.Lost
            ? $"{what} vanished{where} at about the same time: probably the vendor took them out."
            : $"{what} changed{where} at about the same time: the cause is probably with the vendor.";
    }

    private static string OfPages(CommonGround common)
    {
        if (common.Kind is not { } kind)
            return "Several things changed at about the same time; each is told below.";
        if (kind == ChangeKind.Recovered)
            return common.Count == 1 ? "The link is there again, as expected." : "The links are there again, as expected.";
        if (kind == ChangeKind.NotFound)
            return common.Count == 1
                ? "The link was not on the page when it was first read."
                : "The links were not on their pages when these were first read.";
        if (common.Code is not { } code)
            return kind == ChangeKind.Lost ? "The links went in different ways; each is told below." : "The links changed in different ways; each is told below.";
        return common.PageCount == 1 ? CauseWords.OnePage(code, common) : CauseWords.ManyPages(code, common);
    }

    /// <summary>Only mine, or everyone's? Null where that is not known of all.</summary>
    private static string? Scope(CommonGround common)
    {
        if (common.Code is null || common.Kind is ChangeKind.Recovered or ChangeKind.NotFound)
            return null;
        if (common.Count == 1)
            return ScopeWords.Sentence(common.Changes[0].Transition.ReasonsAfter[0], common.Changes[0].Transition.After.Scope);
        return common.Scope switch
        {
            ChangeScope.OnlyThis => common.AreOthersUntouched
                ? "None of the pages' other outbound links was touched."
                : "Few of the pages' other outbound links were touched.",
            ChangeScope.All => "The pages' other outbound links were treated alike, so this is not about you.",
            ChangeScope.Many => "Part of the pages' other outbound links were treated alike.",
            _ => null,
        };
    }

    private static string? Moved(CommonGround common) =>
        common is { Count: 1, Kind: not ChangeKind.Recovered } && common.Changes[0].Transition.After.MovedTo is { } moved
            ? Where(moved)
            : null;

    private static string Where(MovedLink moved) =>
        $"The link is now on {WebText.Short(moved.Page.Href, MaxUrl)}: watch that page instead.";
}
