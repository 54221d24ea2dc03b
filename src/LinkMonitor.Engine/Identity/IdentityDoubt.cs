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
