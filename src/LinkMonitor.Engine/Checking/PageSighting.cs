using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Judging;

namespace LinkMonitor.Engine.Checking;

/// <summary>Keeps of a full answer what is needed to ask later whether it still holds.</summary>
internal static class PageSighting
{
    /// <summary>
    /// Null unless the page came whole, with 200, for everybody, with something to ask with, and will not change its meaning by the mere
    /// passing of time.
    /// </summary>
    public static PageSight? Of(FetchResult fetch, PageLook look)
    {
        if (fetch is not FetchedResponse { Status: 200 } response
            || look.Seen is not { Kind: ObservationKind.Observed, Reading.RobotsChangeAt: null }
            || !ReferenceEquals(look.Seen, look.Obedient)
            || PageValidators.Of(response.Headers) is not { } validators)
            return null;

        return new PageSight
        {
            SeenAt = response.StartedAt,
            Validators = validators,
            Route = Fingerprint.OfRoute(response.Redirects, response.FinalUrl),
            Body = Fingerprint.Of(response.Body.Span),
            GoogleRule = NotModifiedJudge.GoogleRule(look.Seen.DisallowedForGoogle),
            Headers = SightHeaders.Marks(response.Headers),
            OtherHeaders = SightHeaders.Others(response.Headers),
        };
    }
}
