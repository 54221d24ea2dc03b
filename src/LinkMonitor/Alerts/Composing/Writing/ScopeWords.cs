using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Wording;

namespace LinkMonitor.Alerts.Composing.Writing;

/// <summary>Only my link, or everyone's? As the reason of a change has it.</summary>
internal static class ScopeWords
{
    /// <summary>
    /// The sentence that the reason's message ends with, or another language's own. What the question was is not stored, so the message
    /// decides, and only where it is silent the code does; null when it is not known.
    /// </summary>
    public static string? Sentence(Reason reason, ScopeFinding? scope, Language say)
    {
        if (scope is null)
            return null;
        ScopeQuestion? asked = Enum.GetValues<ScopeQuestion>()
            .Where(one => ScopeText.Sentence(scope, one) is { } sentence && reason.Message.Contains(sentence, StringComparison.Ordinal))
            .Select(one => (ScopeQuestion?)one)
            .FirstOrDefault() ?? ReasonCatalogue.Of(reason.Code).Scope;
        if (asked is not { } question || scope.Scope == ChangeScope.Unknown)
            return null;
        return say.IsEnglish ? ScopeText.Sentence(scope, question) : question switch
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
