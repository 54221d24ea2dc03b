using System.Globalization;
using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reasons;

namespace LinkMonitor.Engine.Comparing;

/// <summary>Whether a finding concerns the watched link alone. The wire names are kebab-case, for example <c>only-this</c>.</summary>
[JsonConverter(typeof(WireNameJsonConverter<ChangeScope>))]
public enum ChangeScope
{
    /// <summary>There is nothing to compare with: no earlier fetch of the page, or no other outbound link on it.</summary>
    Unknown,

    /// <summary>At most a tenth of the other outbound links were touched too.</summary>
    OnlyThis,

    /// <summary>More than a tenth of the other outbound links were touched too, but not nearly all: an edit of the page.</summary>
    Many,

    /// <summary>At least nine tenths of the other outbound links were touched too: a policy or a redesign.</summary>
    All,
}

/// <summary>Only me, or everyone? What became of the page's other outbound links.</summary>
/// <param name="Others">
/// How many of them could be compared with an earlier check; 0 when nothing is known, and for a page that went and had no others.
/// </param>
/// <param name="Touched">How many of these were removed, or had their rel changed, as the watched link was.</param>
public sealed record ScopeFinding(ChangeScope Scope, int Others, int Touched)
{
    internal static readonly ScopeFinding Unknown = new(ChangeScope.Unknown, 0, 0);

    /// <summary>All links of a page went with it.</summary>
    internal static ScopeFinding WholePage(int others) => new(ChangeScope.All, others, others);

    internal static ScopeFinding Of(int others, int touched) => others switch
    {
        0 => Unknown,
        _ when touched * 10 <= others => new(ChangeScope.OnlyThis, others, touched),
        _ when touched * 10 >= others * 9 => new(ChangeScope.All, others, touched),
        _ => new(ChangeScope.Many, others, touched),
    };
}

/// <summary>The sentence for people: only me, or everyone?</summary>
public static class ScopeText
{
    /// <param name="question">What happened to the watched link.</param>
    /// <returns>For example <c>Only 3 of 41 other outbound links were removed too.</c>; null when it is not known.</returns>
    public static string? Sentence(ScopeFinding finding, ScopeQuestion question) =>
        finding.Scope is ChangeScope.Unknown ? null : question switch
        {
            ScopeQuestion.WholePage => WholePage(finding.Others),
            ScopeQuestion.Removal => Sentence(finding, "removed", "a redesign or a clean-up of the whole page"),
            ScopeQuestion.Elsewhere => Elsewhere(finding.Others, finding.Touched),
            _ => Sentence(finding, "given another rel", "a policy of the whole page or site"),
        };

    private static string WholePage(int others) => others switch
    {
        0 => "The whole page is gone, not only your link.",
        1 => "The whole page is gone, with its other outbound link.",
        _ => Text($"The whole page is gone, with its {others} other outbound links."),
    };

    private static string Elsewhere(int others, int touched) => (others, touched) switch
    {
        (1, 0) => "The page's other outbound link is there.",
        (1, _) => "The page's other outbound link is missing there, too.",
        (_, 0) => Text($"All {others} other outbound links of the page are there."),
        _ when touched == others => Text($"All {others} other outbound links of the page are missing there, too."),
        (_, 1) => Text($"1 of {others} other outbound links of the page is missing there, too."),
        _ => Text($"{touched} of {others} other outbound links of the page are missing there, too."),
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
