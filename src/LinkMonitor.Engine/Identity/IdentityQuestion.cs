using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Identity;

/// <summary>What came when a page was asked for, and what was known of it.</summary>
public sealed record IdentityQuestion
{
    /// <summary>The page that was asked for.</summary>
    public required WebUrl Asked { get; init; }

    /// <summary>What answered in the end.</summary>
    public required PageReading Page { get; init; }

    /// <summary>The way there; a refresh counts as a redirect.</summary>
    public IReadOnlyList<Redirect> Redirects { get; init; } = [];

    public int? Status { get; init; }

    /// <summary>The names of the cookies that the last answer set.</summary>
    public IReadOnlyList<string> Cookies { get; init; } = [];

    /// <summary>What a mark of the answer says it is, as the end of a sentence that begins with "the answer is"; null for none.</summary>
    public string? Mark { get; init; }

    /// <summary>What kind of thing that is.</summary>
    public IdentityDoubt MarkedAs { get; init; }

    /// <summary>The page when its link was last seen on it; null when that is not known.</summary>
    public KnownPage? Known { get; init; }

    /// <summary>How many of the other outbound links that the page had are known; 0 for none.</summary>
    public int OutboundKnown { get; init; }

    /// <summary>How many of these it still has.</summary>
    public int OutboundKept { get; init; }

    /// <summary>The page names the link's target, or another page of its site: whoever answers in the page's place knows nothing of that.</summary>
    public bool SpeaksOfTarget { get; init; }

    /// <summary>The text around the place where the link was is still there, with nothing in the link's place.</summary>
    public bool IsPlaceKept { get; init; }
}
