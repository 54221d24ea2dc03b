using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Judging.Walls;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Robots;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Judging;

/// <summary>What one check saw of a page; the same for every link watched on it.</summary>
public sealed record Observation
{
    public required ObservationKind Kind { get; init; }

    /// <summary>When the fetch began, UTC.</summary>
    public required DateTimeOffset CheckedAt { get; init; }

    public required WebUrl Page { get; init; }

    public required WebUrl FinalUrl { get; init; }

    /// <summary>The HTTP status; null when no answer came.</summary>
    public int? Status { get; init; }

    public IReadOnlyList<Redirect> Redirects { get; init; } = [];

    /// <summary>One sentence for people: what was seen and, where there is something to do, what.</summary>
    public required string Detail { get; init; }

    /// <summary>The page's content; set exactly when <see cref="Kind"/> is <see cref="ObservationKind.Observed"/>.</summary>
    public PageReading? Reading { get; init; }

    /// <summary>The names of the cookies that the last answer set.</summary>
    public IReadOnlyList<string> Cookies { get; init; } = [];

    /// <summary>What stands in front of the page, or in its place, as far as the marks of the answer tell; null for nothing.</summary>
    internal Wall? Wall { get; init; }

    /// <summary>
    /// What the same check saw of the page that this one names as its canonical; null when it names none or itself, and when nobody looked.
    /// </summary>
    public Observation? Canonical { get; init; }

    /// <summary>DNS said that the name does not exist: the first sign of a vanished domain.</summary>
    public bool NameNotFound { get; init; }

    /// <summary>The host was not asked, because other checks of it were under way: the check is to be made later and says nothing.</summary>
    public bool IsHostBusy { get; init; }

    /// <summary>
    /// The page, or the first redirect on the way to it, that robots.txt keeps Googlebot out of; null when Googlebot may fetch all of them, and
    /// where robots.txt could not be read.
    /// </summary>
    public DisallowedUrl? DisallowedForGoogle { get; init; }

    /// <summary>How long the site asks us to stay away, at most a day; null when it does not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>A check that failed by our own fault: it says nothing of the page.</summary>
    /// <param name="detail">Why, in a sentence.</param>
    public static Observation OurFault(WebUrl page, DateTimeOffset checkedAt, string detail) => new()
    {
        Kind = ObservationKind.OurFault,
        CheckedAt = checkedAt,
        Page = page,
        FinalUrl = page,
        Detail = detail,
    };
}
