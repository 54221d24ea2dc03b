using System.Globalization;

namespace LinkMonitor.Engine.Comparing;

/// <summary>The sentence for people: only me, or everyone?</summary>
public static class ScopeText
{
    /// <param name="isRemoval">Whether the link is gone, or else its rel changed.</param>
    /// <returns>For example <c>38 of 41 other outbound links are unchanged: only yours was singled out.</c>; null when it is not known.</returns>
    public static string? Sentence(ScopeFinding finding, bool isRemoval)
    {
        var (others, touched) = (finding.Others, finding.Touched);
        var done = isRemoval ? "removed" : "given another rel";
        var links = others == 1 ? "outbound link" : "outbound links";
        return finding.Scope switch
        {
            ChangeScope.OnlyThis when touched == 0 && others == 1 => $"The other outbound link is unchanged: only yours was {done}.",
            ChangeScope.OnlyThis when touched == 0 => Text($"All {others} other outbound links are unchanged: only yours was {done}."),
            ChangeScope.OnlyThis => Text($"{others - touched} of {others} other outbound links are unchanged: yours was singled out."),
            ChangeScope.Many => Text($"{touched} of {others} other outbound links were {done} too: the page was edited, not only your link."),
            ChangeScope.All when touched == others && others == 1 => $"The other outbound link was {done} too.",
            ChangeScope.All when touched == others => Text($"All {others} other {links} were {done} too: {Cause(isRemoval)}."),
            ChangeScope.All => Text($"{touched} of {others} other {links} were {done} too: {Cause(isRemoval)}."),
            _ => null,
        };
    }

    private static string Cause(bool isRemoval) =>
        isRemoval ? "a redesign or a clean-up of the whole page" : "a policy of the whole page or site";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
