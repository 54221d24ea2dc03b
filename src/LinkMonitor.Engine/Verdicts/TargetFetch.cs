using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Judging.Walls;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Verdicts;

/// <summary>What a check saw of a target itself.</summary>
public sealed record TargetFetch
{
    private static readonly FetchFailure[] Silences =
    [
        FetchFailure.NameLookupFailed, FetchFailure.ConnectFailed, FetchFailure.TlsFailed, FetchFailure.TimedOut,
        FetchFailure.ConnectionLost, FetchFailure.InvalidResponse,
    ];

    // What a server answers to machines, or to us, while readers see the page: no sign of a broken one.
    private static readonly int[] RefusingStatuses = [401, 402, 403, 405, 406, 407, 408, 409, 418, 421, 425, 429, 451];

    public required WebUrl Url { get; init; }

    /// <summary>After redirects.</summary>
    public required WebUrl FinalUrl { get; init; }

    /// <summary>The addresses that redirected on the way there, in order; its own is the first.</summary>
    public IReadOnlyList<WebUrl> Through { get; init; } = [];

    /// <summary>When the fetch began, as whoever keeps it noted. Null for one that serves one check.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The HTTP status; null when no answer came.</summary>
    public int? Status { get; init; }

    /// <summary>
    /// Nobody can read it: 4xx or 5xx that is not meant for us alone, redirects without an end, a name that does not exist, or a
    /// certificate that has run out. A target that gave no answer is not broken yet: that may be our side.
    /// </summary>
    public bool IsBroken { get; init; }

    /// <summary>It gave no answer that a browser could show, which counts only when it lasts.</summary>
    public bool IsSilent { get; init; }

    /// <summary>Its name, or that of a page it redirects to, does not exist.</summary>
    public bool IsNameGone { get; init; }

    /// <summary>Our own network failed, so that nothing is known of the target.</summary>
    public bool IsOurFault { get; init; }

    /// <summary>The certificate of its host has run out.</summary>
    public bool IsCertificateExpired { get; init; }

    /// <summary>What kind of thing went wrong; null when an answer came.</summary>
    public FetchFailure? Failure { get; init; }

    /// <summary>What went wrong, in a sentence; null when an answer came.</summary>
    public string? Problem { get; init; }

    /// <summary>It answered with success, but at another URL than a link to it may have.</summary>
    public bool IsRedirected { get; init; }

    public static TargetFetch Of(FetchResult fetch) => fetch switch
    {
        FetchedResponse response => Of(response),
        FetchFailed failed => Of(failed),
        _ => throw new ArgumentOutOfRangeException(nameof(fetch), fetch, "Neither a response nor a failure."),
    };

    private static TargetFetch Of(FetchFailed failed)
    {
        var isNameGone = failed.Failure is FetchFailure.NameNotFound;
        var isExpired = failed.Certificate is CertificateFault.Expired;
        return new TargetFetch
        {
            Url = failed.Url,
            FinalUrl = failed.FinalUrl,
            Through = [.. failed.Redirects.Select(hop => hop.Url)],
            Status = failed.Status,
            IsBroken = isNameGone || isExpired || failed.Failure is FetchFailure.RedirectLoop or FetchFailure.TooManyRedirects,
            IsSilent = !isExpired && failed.Status is null && Silences.Contains(failed.Failure),
            IsNameGone = isNameGone,
            IsOurFault = failed.Failure is FetchFailure.OurNetwork,
            IsCertificateExpired = isExpired,
            Failure = failed.Failure,
            Problem = failed.Message,
        };
    }

    private static TargetFetch Of(FetchedResponse response)
    {
        var isWalled = WallFinder.ByHeaders(response.Headers) is not null || WallFinder.IsWallUrl(response);
        return new TargetFetch
        {
            Url = response.Url,
            FinalUrl = response.FinalUrl,
            Through = [.. response.Redirects.Select(hop => hop.Url)],
            Status = response.Status,
            IsBroken = !isWalled && response.Status is >= 400 and < 600 && !RefusingStatuses.Contains(response.Status),
            IsRedirected =
                !isWalled && response.Status is >= 200 and < 300 && UrlKeys.TargetKey(response.Url) != UrlKeys.TargetKey(response.FinalUrl),
        };
    }
}

/// <summary>Why a check cannot say how a link's target is.</summary>
public enum TargetGap
{
    /// <summary>The target was asked for and gave no answer, or its site gave none a moment ago.</summary>
    NoAnswer,

    /// <summary>Our own network failed.</summary>
    OurFault,

    /// <summary>The targets of the page took longer than one round has time for.</summary>
    OutOfTime,

    /// <summary>Nobody wants to know.</summary>
    Off,
}

/// <summary>What a check knows of a target.</summary>
/// <param name="Fetch">What was seen of it; null when nobody fetched it.</param>
/// <param name="Gap">Why that does not say how the target is; null when it does.</param>
public sealed record TargetFinding(TargetFetch? Fetch, TargetGap? Gap)
{
    public static TargetFinding Of(TargetFetch fetched) =>
        new(fetched, fetched switch
        {
            { IsOurFault: true } => TargetGap.OurFault,
            { Status: null, IsBroken: false } => TargetGap.NoAnswer,
            _ => null,
        });

    public static TargetFinding Missing(TargetGap gap) => new(null, gap);
}
