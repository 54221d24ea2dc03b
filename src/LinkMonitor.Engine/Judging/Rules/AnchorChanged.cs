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
            || AnchorText.IsSame(expected, found))
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

    private static string Normal(string anchor) => FoldedText.Fold(UnicodeText.Compose(InvisibleCharacters.Remove(anchor)));
}
