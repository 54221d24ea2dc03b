using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Unicode;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Judging.Rules;

/// <summary>The anchor text differs by more than white space, case, Unicode form and invisible characters.</summary>
internal sealed class AnchorChanged : ICheckRule
{
    public Reason? Check(RuleContext context)
    {
        var found = context.Link.Anchor;
        if (!context.TryGetExpected(context.Expectation.Anchor, static baseline => baseline.Anchor, out var expected)
            || AnchorText.IsOf(context.Link, expected))
            return null;

        return new Reason
        {
            Code = ReasonCode.AnchorChanged,
            Message =
                $"The link's {Name(context.Link.Kind)} is {Quoted(found)} instead of {Quoted(expected)}: ask the site's owner if that was "
                    + $"intended.",
            Expected = expected,
            Found = found,
        };
    }

    private static string Name(LinkKind kind) => kind is LinkKind.Text ? "anchor text" : "alternative text";

    private static string Quoted(string anchor) => anchor.Length == 0 ? "empty" : $"\u201c{anchor}\u201d";
}

/// <summary>The texts of links.</summary>
public static class AnchorText
{
    /// <summary>Whether two anchors read the same: white space, case, Unicode form and invisible characters do not count.</summary>
    public static bool IsSame(string one, string other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return string.Equals(Normal(one), Normal(other), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether an anchor is a link's, also as an earlier version read it.</summary>
    internal static bool IsOf(PageLink link, string anchor) =>
        IsSame(anchor, link.Anchor) || (link.WholeAnchor is { } whole && IsSame(anchor, whole));

    /// <summary>Whether a text holds an anchor, by the same rules.</summary>
    internal static bool IsIn(string anchor, string text) => Normal(text).Contains(Normal(anchor), StringComparison.OrdinalIgnoreCase);

    private static string Normal(string anchor) => FoldedText.Fold(UnicodeText.Compose(InvisibleCharacters.Remove(anchor)));
}

/// <summary>
/// The link is in another part of the page. A move into the main content is reported only when another place was asked for by name: it
/// is what everyone wants. What stands where it stood, and is only called otherwise, has not moved.
/// </summary>
internal sealed class PlacementChanged : ICheckRule
{
    public Reason? Check(RuleContext context)
    {
        var found = context.Link.Placement;
        var part = context.Expectation.Placement;
        if (!context.TryGetExpected(part, static baseline => baseline.Placement, out var expected) || found == expected)
            return null;
        if (part.Kind is ExpectedKind.AsFirstSeen && (found is Placement.Main || IsRenamed(context)))
            return null;

        return new Reason
        {
            Code = ReasonCode.PlacementChanged,
            Message = $"The link is in the page's {Name(found)} instead of its {Name(expected)}: ask the site's owner to move it "
                + (context.Baseline?.Placement == expected ? "back." : "there."),
            Expected = WireName.Of(expected),
            Found = WireName.Of(found),
        };
    }

    private static bool IsRenamed(RuleContext context) =>
        context is { Link.IsPlacedByName: true, AgreedPlace: { } place }
            && LinkSurroundings.HasStayed(context.Page, context.Link, place);

    private static string Name(Placement placement) => placement switch
    {
        Placement.Main => "main content",
        Placement.Nav => "navigation",
        Placement.Aside => "sidebar",
        _ => WireName.Of(placement),
    };
}

/// <summary>
/// The link is there, but readers cannot see it, and it was not so at the first check. Source:
/// https://developers.google.com/search/docs/essentials/spam-policies#hidden-text-and-link-abuse
/// </summary>
internal sealed class HiddenLink : ICheckRule
{
    public Reason? Check(RuleContext context) =>
        context.Link.Hidden && context.Baseline is null or { Hidden: false }
            ? new Reason
            {
                Code = ReasonCode.Hidden,
                Message = "The link is in the page's code, but readers cannot see it: ask the site's owner to show it.",
            }
            : null;
}
