namespace LinkMonitor.Engine.Checking;

/// <summary>What an answer "not modified" is worth.</summary>
internal enum NotModified
{
    /// <summary>The page is as it was.</summary>
    Trusted,

    /// <summary>The body may be as it was, but something outside of it is not, or is not shown: the page must be read in full.</summary>
    OutsideChanged,

    /// <summary>The site contradicts itself: the page must be read in full, now and later.</summary>
    Doubtful,
}
