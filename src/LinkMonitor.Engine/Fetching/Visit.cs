using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Fetching;

/// <summary>Where one check stands: what it has been through, and how its results are made.</summary>
internal sealed class Visit(WebUrl asked, TimeProvider timeProvider, CheckCookies? cookies)
{
    private readonly WebUrl _asked = asked;
    private DateTimeOffset _startedAt = timeProvider.GetUtcNow();
    private long _started = timeProvider.GetTimestamp();
    private readonly List<Redirect> _redirects = [];
    private readonly HashSet<(string Url, string? Cookies)> _seen = [];

    public WebUrl Current { get; private set; } = asked;

    public CheckCookies Cookies { get; } = cookies ?? new(timeProvider);

    public IReadOnlyList<Redirect> Redirects => _redirects;

    public int RedirectCount => _redirects.Count;

    /// <summary>Of the answer being read; null until its headers are there.</summary>
    public int? Status { get; set; }

    /// <summary>Whether the last request asked for the page only if it has changed.</summary>
    public bool IsConditional { get; set; }

    /// <summary>The first request goes out now: what was waited for before is no part of the fetch.</summary>
    public void Begin()
    {
        _startedAt = timeProvider.GetUtcNow();
        _started = timeProvider.GetTimestamp();
    }

    /// <summary>False when the current URL was already requested with the same cookies, which would answer the same.</summary>
    public bool IsNew() => _seen.Add((Current.WithoutFragment().Href, Cookies.FieldFor(Current)));

    public void MoveTo(WebUrl next, int status)
    {
        _redirects.Add(new Redirect(Current, status));
        Current = next;
    }

    public FetchedResponse Answer(int status, ResponseHeaders headers, byte[] body) => new()
    {
        Url = _asked,
        FinalUrl = Current,
        Redirects = [.. _redirects],
        StartedAt = _startedAt,
        Duration = timeProvider.GetElapsedTime(_started),
        Status = status,
        Headers = headers,
        Body = body,
        IsConditional = IsConditional,
    };

    public FetchFailed Fail(FetchProblem problem) => new()
    {
        Url = _asked,
        FinalUrl = Current,
        Redirects = [.. _redirects],
        StartedAt = _startedAt,
        Duration = timeProvider.GetElapsedTime(_started),
        Failure = problem.Failure,
        Message = problem.Message,
        Certificate = problem.Certificate,
        Status = Status,
        RetryAfter = problem.RetryAfter,
    };
}
