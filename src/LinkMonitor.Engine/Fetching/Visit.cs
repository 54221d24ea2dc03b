using System.Globalization;
using System.Text;
using LinkMonitor.Engine.Fetching.Cookies;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Fetching;

/// <summary>Where one check stands: what it has been through, and how its results are made.</summary>
internal sealed class Visit(WebUrl asked, TimeProvider timeProvider, CookieJar? cookies)
{
    private readonly WebUrl _asked = asked;
    private DateTimeOffset _startedAt = timeProvider.GetUtcNow();
    private long _started = timeProvider.GetTimestamp();
    private readonly List<Redirect> _redirects = [];
    private readonly HashSet<(string Url, string? Cookies)> _seen = [];

    public WebUrl Current { get; private set; } = asked;

    public CookieJar Cookies { get; } = cookies ?? new(timeProvider);

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

    public FetchedResponse Answer(int status, ResponseHeaders headers, ReadOnlyMemory<byte> body) => new()
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

/// <summary>A failure before it is tied to a check.</summary>
/// <param name="RetryAfter">How long the site asks us to stay away; null when it does not.</param>
internal sealed record FetchProblem(FetchFailure Failure, string Message, TimeSpan? RetryAfter = null)
{
    /// <inheritdoc cref="FetchFailed.Certificate"/>
    public CertificateFault? Certificate { get; init; }
}

/// <summary>Reads answers that send us elsewhere.</summary>
internal static class RedirectAnswer
{
    /// <summary>
    /// Whether an answer leads elsewhere. One that does not say where, or says nothing, is shown as it stands, as browsers do.
    /// </summary>
    public static bool Is(int status, ResponseHeaders headers) => status is 301 or 302 or 303 or 307 or 308 && Locations(headers).Any();

    /// <summary>Moves the visit on to where the answer points; otherwise says why it cannot be moved.</summary>
    /// <param name="headers">Of an answer that leads elsewhere.</param>
    public static FetchProblem? Follow(Visit visit, ResponseHeaders headers)
    {
        string[] locations = [.. Locations(headers).Select(Escape).Distinct()];
        if (locations.Length > 1)
            return Invalid($"{visit.Current.Host} answered {visit.Status} with several Location headers that differ.");
        if (!WebUrl.TryParse(locations[0], visit.Current, out var next))
            return Invalid($"{visit.Current.Host} redirects ({visit.Status}) to something that is not a URL: "
                + $"{NetworkFailures.Shown(locations[0])}");
        if (!next.IsHttp)
            return Invalid(
                $"{visit.Current.Host} redirects to {NetworkFailures.Shown(next.Href)}: the scheme {next.Scheme} is not fetched.");
        if (next.ToRequestUri() is null)
            return Invalid($"{visit.Current.Host} redirects to {NetworkFailures.Shown(next.Href)}: its host is not a valid DNS name.");

        visit.MoveTo(next, visit.Status!.Value);
        return null;
    }

    private static IEnumerable<string> Locations(ResponseHeaders headers) =>
        headers.Values("Location").Select(location => location.Trim()).Where(location => location.Length > 0);

    /// <summary>Bytes above ASCII are escaped as they came, which serves a Location in UTF-8 as well as one in an older encoding.</summary>
    private static string Escape(string latin1)
    {
        var text = new StringBuilder(latin1.Length);
        foreach (var character in latin1)
        {
            if (character < 0x80)
                text.Append(character);
            else
                text.Append('%').Append(((int)character).ToString("X2", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }

    private static FetchProblem Invalid(string message) => new(FetchFailure.InvalidRedirect, message);
}
