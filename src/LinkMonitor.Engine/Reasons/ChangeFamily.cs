namespace LinkMonitor.Engine.Reasons;

/// <summary>Reasons that have one cause when they come on several pages of a host at once.</summary>
public enum ChangeFamily
{
    /// <summary>Pages that are gone, redirect, or cannot be seen: the site is down or was moved.</summary>
    Pages,

    /// <summary>Links that do not count any more: a policy of the site.</summary>
    Following,

    /// <summary>Pages that search engines may not show.</summary>
    Indexing,

    /// <summary>Links that were taken away, moved or rewritten: an editor's hand.</summary>
    Editing,

    /// <summary>Our own page, told apart by its address elsewhere.</summary>
    Target,

    /// <summary>As expected again.</summary>
    Recovery,
}
