using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Judging.Walls;
using LinkMonitor.Engine.Robots;

namespace LinkMonitor.Engine.Checking;

/// <summary>
/// Says what a 304 is worth. A verdict rests on more than the body, and a 304 that arrives does not say that robots.txt and headers are the same.
/// </summary>
internal static class NotModifiedJudge
{
    /// <param name="known">The sight that was asked with.</param>
    /// <param name="answer">What came: 304, or 412 from servers that take the question for a condition of another kind.</param>
    /// <param name="visit">What the robots.txt files on the way said.</param>
    public static NotModified Judge(PageSight known, FetchedResponse answer, PoliteVisit visit)
    {
        if (answer.Status != 304 || known.Validators is null || known.Validators.IsContradictedBy(answer.Headers))
            return NotModified.Doubtful;
        return visit.Objection is not null || GoogleRule(visit.DisallowedForGoogle) != known.GoogleRule
            || WallFinder.ByHeaders(answer.Headers) is not null || !Shows(answer.Headers, known)
            ? NotModified.OutsideChanged
            : NotModified.Trusted;
    }

    /// <summary>
    /// Whether a 304 shows all that a full answer shows. A name that is there proves nothing for another: a network in front of a server adds headers of its own
    /// to what the server has stripped.
    /// </summary>
    public static bool Shows(ResponseHeaders headers, PageSight full) =>
        SightHeaders.Telling.All(name => IsSame(full, headers, name)) && full.OtherHeaders.All(name => headers.Values(name).Any());

    /// <summary>A mark of the rule that keeps Googlebot out, wherever in the file it stands; null for none.</summary>
    public static string? GoogleRule(DisallowedUrl? disallowed) =>
        disallowed is null ? null : Fingerprint.Of([disallowed.Url.Href, disallowed.Ruling.Line ?? ""]);

    // A content type that is missing is as it should be; any other header that is missing may be gone.
    private static bool IsSame(PageSight known, ResponseHeaders headers, string name)
    {
        var now = SightHeaders.Mark(headers, name);
        return now == known.Headers.GetValueOrDefault(name) || (now is null && name == "content-type");
    }
}
