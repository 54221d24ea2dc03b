using System.Globalization;

namespace LinkMonitor.Engine.Comparing;

/// <summary>The sentence for people: only me, or everyone?</summary>
public static class ScopeText
{
    /// <param name="question">What happened to the watched link.</param>
    /// <returns>For example <c>Only 3 of 41 other outbound links were removed too.</c>; null when it is not known.</returns>
    public static string? Sentence(ScopeFinding finding, ScopeQuestion question) => finding.Scope is ChangeScope.Unknown ? null : question switch
    {
        ScopeQuestion.WholePage => WholePage(finding.Others),
        ScopeQuestion.Removal => Sentence(finding, "removed", "a redesign or a clean-up of the whole page"),
        _ => Sentence(finding, "given another rel", "a policy of the whole page or site"),
    };

    private static string WholePage(int others) => others switch
    {
        0 => "The whole page went, not only your link.",
        1 => "The whole page went, with its other outbound link.",
        _ => Text($"The whole page went, with its {others} other outbound links."),
    };

    private static string? Sentence(ScopeFinding finding, string done, string cause)
    {
        var (others, touched) = (finding.Others, finding.Touched);
        var links = others == 1 ? "outbound link" : "outbound links";
        return finding.Scope switch
        {
            ChangeScope.OnlyThis when touched == 0 && others == 1 => $"The other outbound link was not {done}.",
            ChangeScope.OnlyThis when touched == 0 => Text($"None of the {others} other outbound links was {done}."),
            ChangeScope.OnlyThis => Text($"Only {touched} of {others} other outbound links {(touched == 1 ? "was" : "were")} {done} too."),
            ChangeScope.Many => Text($"{touched} of {others} other outbound links were {done} too: the page was edited."),
            ChangeScope.All when touched == others && others == 1 => $"The other outbound link was {done} too.",
            ChangeScope.All when touched == others => Text($"All {others} other {links} were {done} too: {cause}."),
            ChangeScope.All => Text($"{touched} of {others} other {links} were {done} too: {cause}."),
            _ => null,
        };
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
