using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Fetching;

/// <summary>
/// What came of fetching one page: a <see cref="FetchedResponse"/> or a <see cref="FetchFailed"/>. Nothing the web does is thrown.
/// </summary>
public abstract record FetchResult
{
    /// <summary>The URL that was asked for.</summary>
    public required WebUrl Url { get; init; }

    /// <summary>The last URL of the redirect chain; equal to <see cref="Url"/> without redirects.</summary>
    public required WebUrl FinalUrl { get; init; }

    /// <summary>The redirects in order. After a failure the last may not have been followed: to a refused URL, or into a loop.</summary>
    public IReadOnlyList<Redirect> Redirects { get; init; } = [];

    /// <summary>When the fetch began, UTC. Stands as the time of the observation.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>From the first name look-up to the last byte.</summary>
    public TimeSpan Duration { get; init; }
}
