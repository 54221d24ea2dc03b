using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Wording;

namespace LinkMonitor.Alerts.Composing.Writing;

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
