namespace LinkMonitor.Engine.Comparing;

/// <summary>What happened to the watched link, and so may have happened to the page's other links.</summary>
public enum ScopeQuestion
{
    /// <summary>It is not on a page that is there.</summary>
    Removal,

    /// <summary>The page itself is no longer there: it leads to a home page, or says that it does not exist.</summary>
    WholePage,

    /// <summary>Its rel changed.</summary>
    Rel,
}
