using System.Globalization;
using LinkMonitor.Alerts.Incidents;
using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Wording;

namespace LinkMonitor.Alerts.Composing.Writing;

/// <summary>Says in plain sentences what probably caused an incident. What is not known is not guessed: then it says what is so.</summary>
internal static class LikelyCause
{
    private const int MaxName = 100;
    private const int MaxUrl = 200;

    public static string Of(Cause cause, CommonTraits common, Language say)
    {
        var sentence = cause.Kind switch
        {
            CauseKind.Target when IsOurs(common) => OurTarget(cause, common, say),
            _ when common.IsOfExpectation => say.Count(
                common.Count, "The page is as it was before: what is expected of the link has changed.",
                "The pages are as they were before: what is expected of the links has changed."),
            CauseKind.Vendor when cause.Subject is { } vendor => Vendor(vendor, common, say),
            CauseKind.Page when common.Kind is null =>
                say.Text("Several of your links on one page changed at about the same time: the page was probably edited."),
            CauseKind.Host when common.Kind is null =>
                say.Text("Links on several pages of one site changed at about the same time: the site was probably edited."),
            _ => OfPages(common, say),
        };
        string?[] sentences = [sentence, Scope(common, say), Moved(common, say)];
        return string.Join(' ', sentences.Where(part => part is not null));
    }

    private static bool IsOurs(CommonTraits common) => common.Code is { } code && OwnSide.Is(code);

    private static string OurTarget(Cause cause, CommonTraits common, Language say)
    {
        var target = WebText.Short(cause.Subject ?? common.Changes[0].Target.Href, MaxUrl);
        var links = say.Count(common.Count, "{count} link leads to it.", "{count} links lead to it.");
        if (common.Code == ReasonCode.TargetRedirects)
            return say.Text("Your own page {page} redirects elsewhere: {links}", ("page", target), ("links", links));
        if (int.TryParse(common.Found, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            return say.Text("Your own page {page} answers {status}: {links}", ("page", target), ("status", common.Found), ("links", links));
        return common.Found is null
            ? say.Text("Your own page {page} is broken: {links}", ("page", target), ("links", links))
            : say.Text("Your own page {page} redirects endlessly: {links}", ("page", target), ("links", links));
    }

    private static string Vendor(string vendor, CommonTraits common, Language say)
    {
        var what = say.Count(
            common.Count, "{count} link bought from {vendor}", "{count} links bought from {vendor}",
            ("vendor", WebText.Short(vendor, MaxName)));
        var sites = say.Count(common.HostCount, "{count} site", "{count} sites");
        return (common.Worst == ChangeKind.Lost, common.Host is null) switch
        {
            (true, true) => say.Text(
                "{links} vanished on {sites} at about the same time: probably the vendor took them out.", ("links", what),
                ("sites", sites)),
            (true, false) => say.Text("{links} vanished at about the same time: probably the vendor took them out.", ("links", what)),
            (false, true) => say.Text(
                "{links} changed on {sites} at about the same time: the cause is probably with the vendor.", ("links", what),
                ("sites", sites)),
            (false, false) => say.Text("{links} changed at about the same time: the cause is probably with the vendor.", ("links", what)),
        };
    }

    private static string OfPages(CommonTraits common, Language say)
    {
        if (common.Kind is not { } kind)
            return say.Text("Several things changed at about the same time; each is described below.");
        if (kind == ChangeKind.Recovered)
            return say.Count(common.Count, "The link is there again, as expected.", "The links are there again, as expected.");
        if (kind == ChangeKind.NotFound)
        {
            return say.Count(
                common.Count, "The link was not on the page when it was first read.",
                "The links were not on their pages when these were first read.");
        }

        if (common.Code is not { } code)
        {
            return kind == ChangeKind.Lost
                ? say.Text("The links were lost in different ways; each is described below.")
                : say.Text("The links changed in different ways; each is described below.");
        }

        return common.PageCount == 1 ? CauseWords.OnePage(code, common, say) : CauseWords.ManyPages(code, common, say);
    }

    /// <summary>Only mine, or everyone's? Null where that is not known of all.</summary>
    private static string? Scope(CommonTraits common, Language say)
    {
        if (common.Code is null || common.IsOfExpectation || common.Kind is ChangeKind.Recovered or ChangeKind.NotFound)
            return null;
        if (common.Count == 1)
            return ScopeWords.Sentence(common.Changes[0].Transition.ReasonsAfter[0], common.Changes[0].Transition.After, say);
        return common.Scope switch
        {
            ChangeScope.OnlyThis => common.AreOthersUntouched
                ? say.Text("None of the pages' other outbound links was affected.")
                : say.Text("Few of the pages' other outbound links were affected."),
            ChangeScope.All => say.Text("The pages' other outbound links were treated the same way, so this is not about you."),
            ChangeScope.Many => say.Text("Some of the pages' other outbound links were treated the same way."),
            _ => null,
        };
    }

    private static string? Moved(CommonTraits common, Language say) =>
        common is { Count: 1, Kind: not ChangeKind.Recovered } && common.Changes[0].Transition.After.MovedTo is { } moved
            ? Where(moved, say)
            : null;

    private static string Where(MovedLink moved, Language say) =>
        say.Text("The link is now on {page}: watch that page instead.", ("page", WebText.Short(moved.Page.Href, MaxUrl)));
}

/// <summary>What a reason says of the pages that carried the links. Of one site it names the likely decision behind it.</summary>
internal static class CauseWords
{
    private const int MaxHost = 60;

    public static string OnePage(ReasonCode code, CommonTraits common, Language say) =>
        ReasonCatalogue.Of(code).Answered is { } answered && common.HaveAnswered
            ? say.Written(answered.OneSite, ("host", Host(common, say)))
            : say.CountWritten(
                common.Count, ReasonCatalogue.Of(code).OnePage, ("what", say.Text("the page")), ("host", Host(common, say)));

    public static string ManyPages(ReasonCode code, CommonTraits common, Language say)
    {
        var pages = say.Count(common.PageCount, "{count} page", "{count} pages");
        var where = common.Host is null
            ? say.Count(common.HostCount, "{pages} of {count} site", "{pages} of {count} sites", ("pages", pages))
            : say.Text("{pages} of {host}", ("pages", pages), ("host", Host(common, say)));
        var entry = ReasonCatalogue.Of(code);
        var (one, many) = entry.Answered is { } answered && common.HaveAnswered
            ? (answered.OneSite, answered.ManySites)
            : (entry.OneSite, entry.ManySites);
        return say.Written(
            common.Host is null ? many : one, ("where", where), ("what", where), ("host", Host(common, say)));
    }

    private static string Host(CommonTraits common, Language say) => WebText.ShortHost(common.Host ?? say.Text("(no host)"), MaxHost);
}

/// <summary>Only my link, or everyone's? As the reason of a change has it.</summary>
internal static class ScopeWords
{
    /// <summary>
    /// The sentence for the question that the reason raises, in the language of a mail; null when it raises none, or nothing is known.
    /// In English the reason's message, as stored, says it already: null when it does so in the words of an earlier version, which
    /// must not stand beside today's.
    /// </summary>
    /// <param name="after">What the check saw that found the reason.</param>
    public static string? Sentence(Reason reason, Evidence after, Language say)
    {
        if (after.Scope is not { } scope || scope.Scope == ChangeScope.Unknown
            || AskedOf.Reason(reason.Code, WebUrl.TryParse(after.FinalUrl, out var final) ? final : null) is not { } question)
            return null;
        if (say.IsEnglish)
            return ScopeText.Sentence(scope, question) is { } sentence && reason.Message.Contains(sentence, StringComparison.Ordinal)
                ? sentence : null;
        return question switch
        {
            ScopeQuestion.WholePage => WholePage(scope.Others, say),
            ScopeQuestion.Removal => Removed(scope, say),
            ScopeQuestion.Elsewhere => Elsewhere(scope, say),
            _ => Relabelled(scope, say),
        };
    }

    private static string WholePage(int others, Language say) => others == 0
        ? say.Text("The whole page is gone, not only your link.")
        : say.Count(
            others, "The whole page is gone, with its other outbound link.", "The whole page is gone, with its {count} other outbound "
                + "links.");

    private static string? Removed(ScopeFinding scope, Language say)
    {
        var (others, touched) = (scope.Others, scope.Touched);
        return scope.Scope switch
        {
            ChangeScope.OnlyThis when touched == 0 =>
                say.Count(others, "The other outbound link was not removed.", "None of the {count} other outbound links was removed."),
            ChangeScope.OnlyThis => say.Count(
                touched,
                "Only {count} of {others} other outbound links was removed too.",
                "Only {count} of {others} other outbound links were removed too.",
                ("others", say.Number(others))),
            ChangeScope.Many => say.Text(
                "{touched} of {others} other outbound links were removed too: the page was edited.",
                ("touched", say.Number(touched)), ("others", say.Number(others))),
            ChangeScope.All when touched == others => say.Count(
                others,
                "The other outbound link was removed too.",
                "All {count} other outbound links were removed too: a redesign or a clean-up of the whole page."),
            ChangeScope.All => say.Text(
                "{touched} of {others} other outbound links were removed too: a redesign or a clean-up of the whole page.",
                ("touched", say.Number(touched)), ("others", say.Number(others))),
            _ => null,
        };
    }

    private static string Elsewhere(ScopeFinding scope, Language say)
    {
        var (others, touched) = (scope.Others, scope.Touched);
        if (touched == 0)
            return say.Count(
                others, "The page's other outbound link is there.", "All {count} other outbound links of the page are there.");
        return touched == others
            ? say.Count(
                others, "The page's other outbound link is missing there, too.",
                "All {count} other outbound links of the page are missing there, too.")
            : say.Count(
                touched,
                "{count} of {others} other outbound links of the page is missing there, too.",
                "{count} of {others} other outbound links of the page are missing there, too.",
                ("others", say.Number(others)));
    }

    private static string? Relabelled(ScopeFinding scope, Language say)
    {
        var (others, touched) = (scope.Others, scope.Touched);
        return scope.Scope switch
        {
            ChangeScope.OnlyThis when touched == 0 => say.Count(
                others, "The other outbound link was not given another rel.",
                "None of the {count} other outbound links was given another rel."),
            ChangeScope.OnlyThis => say.Count(
                touched,
                "Only {count} of {others} other outbound links was given another rel too.",
                "Only {count} of {others} other outbound links were given another rel too.",
                ("others", say.Number(others))),
            ChangeScope.Many => say.Text(
                "{touched} of {others} other outbound links were given another rel too: the page was edited.",
                ("touched", say.Number(touched)), ("others", say.Number(others))),
            ChangeScope.All when touched == others => say.Count(
                others,
                "The other outbound link was given another rel too.",
                "All {count} other outbound links were given another rel too: a policy of the whole page or site."),
            ChangeScope.All => say.Text(
                "{touched} of {others} other outbound links were given another rel too: a policy of the whole page or site.",
                ("touched", say.Number(touched)), ("others", say.Number(others))),
            _ => null,
        };
    }
}
