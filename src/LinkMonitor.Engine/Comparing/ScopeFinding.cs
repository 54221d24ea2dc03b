namespace LinkMonitor.Engine.Comparing;

/// <summary>Only me, or everyone? What became of the page's other outbound links.</summary>
/// <param name="Others">How many of them could be compared with an earlier check; 0 when nothing is known, and for a page that went and had no others.</param>
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
