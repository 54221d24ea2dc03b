using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Moving;

/// <summary>Another page that carries the watched link: a good page to watch instead.</summary>
public sealed record MovedLink(WebUrl Page, MoveTrail By)
{
    internal const int LongestUrl = 2_083;

    /// <summary>One sentence with advice.</summary>
    internal string Sentence => By switch
    {
        MoveTrail.Redirect => $"The page has moved to {Page}: watch that page instead.",
        _ => $"The link is on {Page} ({Trail}): watch that page instead.",
    };

    private string Trail => By switch
    {
        MoveTrail.Canonical => "the canonical page",
        MoveTrail.Next => "the next page of the list",
        _ => "found through the site's feed",
    };
}
