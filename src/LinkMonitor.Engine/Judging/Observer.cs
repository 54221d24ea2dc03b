using System.Diagnostics.CodeAnalysis;
using LinkMonitor.Engine.Fetching.Pacing;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Identity;
using LinkMonitor.Engine.Judging.Absences;
using LinkMonitor.Engine.Judging.Walls;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Reading.Trees;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Judging;

/// <summary>
/// Says what a fetch lets us know of a page (axis A). Only a page that was really seen, or is really gone, may speak about links.
/// </summary>
public static class Observer
{
    private const int LongestCookieName = 100;

    /// <summary>
    /// How far a page is read is bounded by <see cref="ReadingLimits"/>, which count work: a busy machine changes no result.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled while the page was read.</exception>
    public static Observation Observe(FetchResult fetch, CancellationToken cancellationToken) =>
        Observe(fetch, response => PageReader.Read(response, ReadingLimits.Default, cancellationToken));

    private static Observation Observe(FetchResult fetch, Func<FetchedResponse, ReadingResult> read) => fetch switch
    {
        FetchFailed failed => Observe(failed),
        FetchedResponse response => Observe(response, read),
        _ => throw new ArgumentOutOfRangeException(nameof(fetch), fetch, "Neither a response nor a failure."),
    };

    private static Observation Observe(FetchedResponse response, Func<FetchedResponse, ReadingResult> read)
    {
        if (WallFinder.ByHeaders(response.Headers) is { } wall)
            return Walled(response, wall);
        return response.Status switch
        {
            206 =>
                Unseen(
                    response,
                    ObservationKind.ServerError,
                    206,
                    "The server sent only a part of the page (206) though all of it was asked for; we try again."),
            (>= 200 and < 300) or (>= 300 and < 400 and not 304) => ObserveSuccess(response, read),
            404 or 410 or 503 => ObserveFailure(response, read),
            _ => OfStatus(response),
        };
    }

    private static Observation OfStatus(FetchedResponse response) =>
        Unseen(response, StatusText.KindOf(response.Status), response.Status, StatusText.DetailOf(response.Status));

    private static Observation ObserveSuccess(FetchedResponse response, Func<FetchedResponse, ReadingResult> read)
    {
        var contentType = response.Headers.ContentType;
        if (!ContentFormat.IsHtml(contentType, response.Body.Span))
            return response.Status >= 300
                ? OfStatus(response)
                : Unseen(response, ObservationKind.NotHtml, response.Status, NotHtmlDetail(contentType));

        var (reading, givenUp) = read(response);
        if (reading is null)
            return Unseen(
                response, ObservationKind.TooLarge, response.Status,
                $"The page {givenUp}, which is more than we read, so we cannot tell whether the link is there.");
        var wall = WallFinder.ByContent(response, reading);
        if (IsInFront(wall))
            return Walled(response, wall);

        // Browsers show what comes with a redirect to nowhere, but a body that leads nowhere either is only the word for it.
        if (response.Status >= 300 && reading is { Links.Count: 0, Refresh: null, ReloadsAfter: null })
            return OfStatus(response);

        return Unseen(
            response,
            ObservationKind.Observed,
            response.Status,
            ObservedDetail(response)) with
        {
            Reading = reading,
            Wall = wall,
            Cookies = CookieNames(response),
        };
    }

    // Bot walls like to answer 503, and some 404; an honest answer of that kind has no page behind it either way.
    private static Observation ObserveFailure(FetchedResponse response, Func<FetchedResponse, ReadingResult> read)
    {
        var isHtml = ContentFormat.IsHtml(response.Headers.ContentType, response.Body.Span);
        if (isHtml && read(response).Reading is { } reading
            && WallFinder.ByContent(response, reading) is { Kind: WallKind.Challenge, IsProven: true } wall)
            return Walled(response, wall);
        return OfStatus(response);
    }

    private static bool IsInFront([NotNullWhen(true)] Wall? wall) =>
        wall is { IsProven: true, Kind: not (WallKind.Parking or WallKind.Closed) };

    private static Observation Walled(FetchedResponse response, Wall wall) =>
        Unseen(response, ObservationKind.Blocked, response.Status, WallText.DetailOf(wall, response.Status)) with { Wall = wall };

    private static Observation Observe(FetchFailed failed)
    {
        var kind = failed.Failure switch
        {
            FetchFailure.TooLarge => ObservationKind.TooLarge,
            FetchFailure.Refused => ObservationKind.Refused,
            FetchFailure.OurNetwork or FetchFailure.HostBusy => ObservationKind.OurFault,
            FetchFailure.RobotsDisallowed => ObservationKind.RobotsDisallowed,
            _ => ObservationKind.Unreachable,
        };
        return Unseen(failed, kind, failed.Status, failed.Message) with
        {
            NameNotFound = failed.Failure is FetchFailure.NameNotFound,
            IsHostBusy = failed.Failure is FetchFailure.HostBusy,
        };
    }

    private static Observation Unseen(FetchResult fetch, ObservationKind kind, int? status, string detail) => new()
    {
        Kind = kind,
        CheckedAt = fetch.StartedAt,
        Page = fetch.Url,
        FinalUrl = fetch.FinalUrl,
        Status = status,
        Redirects = fetch.Redirects,
        Detail = detail,
        RetryAfter = RetryAfterOf(fetch),
    };

    private static TimeSpan? RetryAfterOf(FetchResult fetch) => fetch switch
    {
        FetchedResponse { Status: 429 or 503 } response => RetryAfterField.Read(response.Headers, response.StartedAt + response.Duration),
        FetchFailed failed => failed.RetryAfter,
        _ => null,
    };

    /// <summary>The names of the cookies that an answer set, as far as they are kept.</summary>
    internal static IReadOnlyList<string> CookieNames(FetchedResponse response) =>
    [
        .. response.Headers.Values("Set-Cookie")
            .Select(field => field.Split('=', ';')[0].Trim())
            .Where(name => name.Length is > 0 and <= LongestCookieName)
            .Distinct()
            .Take(KnownPage.MostCookies),
    ];

    private static string ObservedDetail(FetchedResponse response) => response.Redirects.Count == 0
        ? $"The page answered {response.Status} and was read."
        : $"The page redirected to {response.FinalUrl}, which answered {response.Status} and was read.";

    private static string NotHtmlDetail(string? contentType) => string.IsNullOrWhiteSpace(contentType)
        ? "The answer names no content type and does not look like HTML, so there are no links to read; check that the page's URL is right."
        : $"The answer is {contentType.Split(';')[0].Trim()}, not HTML, so there are no links to read; check that the page's URL is right.";
}
