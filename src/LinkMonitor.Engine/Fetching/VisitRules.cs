using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Fetching;

/// <summary>What one fetch does otherwise than <see cref="FetchOptions"/> say.</summary>
internal sealed record VisitRules
{
    public static VisitRules Ordinary { get; } = new();

    /// <summary>
    /// Asked before every request, redirects included: what keeps it from being made, or null. It may wait as long as it needs; the deadline
    /// stands still meanwhile. Its token is the caller's.
    /// </summary>
    public Func<WebUrl, CancellationToken, ValueTask<FetchProblem?>>? Before { get; init; }

    /// <summary>Null to ask for the page whether it has changed or not.</summary>
    public VisitConditions? Conditions { get; init; }

    /// <summary>Cookies of an earlier fetch of the same check, which this one goes on with; null for none.</summary>
    public CheckCookies? Cookies { get; init; }

    /// <summary>Redirects followed before giving up; null for <see cref="FetchOptions.MaxRedirects"/>.</summary>
    public int? MaxRedirects { get; init; }

    /// <summary>Read no more than so many bytes of the body and leave the rest; null to read it all, within <see cref="FetchOptions.MaxBodyBytes"/>.</summary>
    public int? FirstBytes { get; init; }
}
