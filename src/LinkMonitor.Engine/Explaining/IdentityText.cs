using LinkMonitor.Engine.Identity;

namespace LinkMonitor.Engine.Explaining;

/// <summary>Tells whether what came is the page, and what that rests on.</summary>
public static class IdentityText
{
    /// <summary>For example <c>the page, changed: title as before, 61 % of the text kept</c>.</summary>
    public static string Of(IdentityFinding identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        var compared = string.Join(", ", identity.Compared);
        return identity.Sign is { } sign ? $"{Word(identity.Answer)} ({sign}): {compared}" : $"{Word(identity.Answer)}: {compared}";
    }

    private static string Word(IdentityAnswer answer) => answer switch
    {
        IdentityAnswer.ThePage => "the page",
        IdentityAnswer.ThePageChanged => "the page, changed",
        IdentityAnswer.InItsPlace => "something in its place",
        _ => "cannot say",
    };
}
