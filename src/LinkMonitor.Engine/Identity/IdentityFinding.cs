namespace LinkMonitor.Engine.Identity;

/// <summary>Is it the page at all?</summary>
/// <param name="Sign">What tells so, as a part of a sentence; null when nothing in particular does.</param>
public sealed record IdentityFinding(IdentityAnswer Answer, IdentityDoubt Doubt, string? Sign)
{
    /// <summary>What was compared with what was known, and what came of it; says so when nothing was known.</summary>
    public IReadOnlyList<string> Compared { get; init; } = [];

    /// <summary>Only of the page itself may be said that a link was taken out of it.</summary>
    public bool IsThePage => Answer is IdentityAnswer.ThePage or IdentityAnswer.ThePageChanged;

    internal static IdentityFinding Page(bool isChanged) => new(isChanged ? IdentityAnswer.ThePageChanged : IdentityAnswer.ThePage, IdentityDoubt.None, null);

    internal static IdentityFinding InPlace(IdentityDoubt doubt, string sign) => new(IdentityAnswer.InItsPlace, doubt, sign);

    internal static IdentityFinding Unsaid(IdentityDoubt doubt, string sign) => new(IdentityAnswer.CannotSay, doubt, sign);
}
