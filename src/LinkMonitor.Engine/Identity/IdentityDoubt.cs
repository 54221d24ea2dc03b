using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.Engine.Identity;

/// <summary>What stands behind the answers <see cref="IdentityAnswer.InItsPlace"/> and <see cref="IdentityAnswer.CannotSay"/>.</summary>
public enum IdentityDoubt
{
    /// <summary>None: it is the page.</summary>
    None,

    /// <summary>A wall, a question or a refusal.</summary>
    Wall,

    /// <summary>An error of the site, or a page of its server.</summary>
    Error,

    /// <summary>A script writes the page, or leads elsewhere.</summary>
    Script,

    /// <summary>Little came, and nothing says why.</summary>
    Little,

    /// <summary>A part of the page came.</summary>
    Half,

    /// <summary>It is no text.</summary>
    NoText,

    /// <summary>Another page.</summary>
    Other,
}

/// <summary>Whether what came is the page that was asked for. The wire names are kebab-case, for example <c>the-page</c>.</summary>
[JsonConverter(typeof(WireNameJsonConverter<IdentityAnswer>))]
public enum IdentityAnswer
{
    /// <summary>The page, as it was as far as can be seen.</summary>
    ThePage,

    /// <summary>The page, with another text or under another name.</summary>
    ThePageChanged,

    /// <summary>Something else at the page's address: a wall, an error, another page.</summary>
    InItsPlace,

    /// <summary>Too little came to say.</summary>
    CannotSay,
}

/// <summary>Is it the page at all?</summary>
/// <param name="Sign">What shows it, as a part of a sentence; null when nothing in particular does.</param>
public sealed record IdentityFinding(IdentityAnswer Answer, IdentityDoubt Doubt, string? Sign)
{
    /// <summary>What was compared with what was known, and what came of it; says so when nothing was known.</summary>
    public IReadOnlyList<string> Compared { get; init; } = [];

    /// <summary>Only of the page itself may be said that a link was taken out of it.</summary>
    public bool IsThePage => Answer is IdentityAnswer.ThePage or IdentityAnswer.ThePageChanged;

    internal static IdentityFinding Page(bool isChanged) =>
        new(isChanged ? IdentityAnswer.ThePageChanged : IdentityAnswer.ThePage, IdentityDoubt.None, null);

    internal static IdentityFinding InPlace(IdentityDoubt doubt, string sign) => new(IdentityAnswer.InItsPlace, doubt, sign);

    internal static IdentityFinding Unsaid(IdentityDoubt doubt, string sign) => new(IdentityAnswer.CannotSay, doubt, sign);
}
