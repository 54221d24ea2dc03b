using System.Text.Json.Serialization;
using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Judging.Walls;
using LinkMonitor.Engine.Reading.Outlines;
using LinkMonitor.Engine.Robots;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Checking;

/// <summary>What reading a page in full left behind, to ask later whether it has changed since.</summary>
public sealed record LastFetch
{
    /// <summary>For so long a site whose "not modified" proved worthless is not asked for it again.</summary>
    public static readonly TimeSpan Distrust = TimeSpan.FromDays(30);

    /// <summary>When the page was read in full: the time of that observation, and of the evidence it gave.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>Null when there is nothing to ask with, or the site is not trusted to answer.</summary>
    public PageValidators? Validators { get; init; }

    /// <summary>A mark of the redirects on the way to the page, and of its own URL.</summary>
    public required string Route { get; init; }

    /// <summary>A mark of the body.</summary>
    public required string Body { get; init; }

    /// <summary>A mark of the rule that keeps Googlebot out; null when none does.</summary>
    public string? GoogleRule { get; init; }

    /// <summary>A mark of each header that a verdict may rest on, by its name in lower case; what is not here was not sent.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// The names of headers that no standard has a 304 leave out. A 304 without one of them may come from a server that strips its 304s, so
    /// that what is missing there says nothing. At most <see cref="LastFetchHeaders.MostOthers"/>, in lower case.
    /// </summary>
    public IReadOnlyList<string> OtherHeaders { get; init; } = [];

    /// <summary>Until when the site is not asked; null when there was no reason for that.</summary>
    public DateTimeOffset? DistrustedUntil { get; init; }

    /// <summary>How many times since the site said that the page had not changed.</summary>
    public int Confirmations { get; init; }

    /// <summary>When it said so last; null when it has not.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>The same last fetch after the site said once more that nothing has changed.</summary>
    public LastFetch Confirmed(DateTimeOffset at) => this with { Confirmations = Confirmations + 1, ConfirmedAt = at };

    /// <summary>What the next answer is compared with; null when there is nothing to compare with.</summary>
    public PageScan? Scan { get; init; }

    /// <summary>Whether the next fetch may end without a reading: there is something to ask with, or to compare with.</summary>
    [JsonIgnore]
    public bool MayHold => Validators is not null || Scan is { Version: PageOutline.CurrentVersion };

    /// <summary>The same last fetch with nothing to ask or to compare with: the next answer is read in full.</summary>
    public LastFetch ToBeReadInFull() => this with { Validators = null, Scan = null };

    /// <summary>
    /// After an answer that has the same reading: what the next one is asked with and compared with. The site is not asked any more when
    /// it gave the same validators with another body.
    /// </summary>
    internal LastFetch SameAs(LastFetch answer, DateTimeOffset at)
    {
        var isBelied = Validators is not null && Validators == answer.Validators && Body != answer.Body;
        var until = isBelied ? at + Distrust : DistrustedUntil;
        return answer with
        {
            SeenAt = SeenAt,
            Validators = until > at ? null : answer.Validators,
            DistrustedUntil = until,
            Scan = Scan,
            Confirmations = Confirmations,
            ConfirmedAt = ConfirmedAt,
        };
    }

    /// <summary>This fetch in place of an earlier one, without validators when the site's 304 is not to be trusted.</summary>
    /// <param name="before">The fetch before; null for none.</param>
    /// <param name="isDoubtful">The site has just answered in a way that cannot be trusted.</param>
    internal LastFetch After(LastFetch? before, bool isDoubtful)
    {
        // The same version with another content: then "not modified" says nothing of the content.
        var isBelied = before?.Validators is { } validators && validators == Validators && before.Route == Route && before.Body != Body;
        var until = isDoubtful || isBelied ? SeenAt + Distrust : before?.DistrustedUntil;
        return until > SeenAt ? this with { Validators = null, DistrustedUntil = until } : this;
    }
}

/// <summary>What is kept of an answer that was read in full, to find out whether the next one needs to be.</summary>
/// <param name="Version"><see cref="PageOutline.CurrentVersion"/> of the version that made it; another one's never counts.</param>
/// <param name="Cookies">A mark of the names of the cookies that the answer set.</param>
public sealed record PageScan(int Version, string Cookies)
{
    /// <summary>
    /// Null when the page has none, and when nobody has made it yet: it is made of pages whose body has changed before.
    /// </summary>
    public PageOutline? Outline { get; init; }
}

/// <summary>What is remembered of an answer's headers, so that a 304 can be compared with it.</summary>
internal static class LastFetchHeaders
{
    /// <summary>As many names are kept of headers that say nothing themselves.</summary>
    public const int MostOthers = 20;

    private const int LongestName = 50;

    /// <summary>
    /// What a verdict may rest on, besides the body. A 304 may leave out the last: it describes a body that does not come.
    /// </summary>
    public static readonly string[] Meaningful = ["x-robots-tag", "link", "refresh", "content-type"];

    // What a 304 must carry, must not carry, or carries of its own: https://www.rfc-editor.org/rfc/rfc9110#section-15.4.5
    private static readonly HashSet<string> Ordinary = new(StringComparer.OrdinalIgnoreCase)
    {
        "Accept-Ranges", "Age", "Alt-Svc", "Cache-Control", "Connection", "Date", "ETag", "Expires", "Keep-Alive", "Last-Modified",
        "Pragma", "Server", "Set-Cookie", "Trailer", "Transfer-Encoding", "Vary", "Via", "Warning",
    };

    public static Dictionary<string, string> Marks(ResponseHeaders headers) => Meaningful
        .Select(name => (Name: name, Mark: Mark(headers, name)))
        .Where(header => header.Mark is not null)
        .ToDictionary(header => header.Name, header => header.Mark!, StringComparer.Ordinal);

    /// <summary>Null when the header is not there.</summary>
    public static string? Mark(ResponseHeaders headers, string name)
    {
        string[] values = [.. headers.Values(name).Select(value => value.Trim())];
        return values.Length == 0 ? null : Fingerprint.Of(values);
    }

    public static IReadOnlyList<string> Others(ResponseHeaders headers) =>
    [
        .. headers.Fields
            .Select(field => field.Key.ToLowerInvariant())
            .Where(name => name.Length <= LongestName && !Ordinary.Contains(name) && !name.StartsWith("content-", StringComparison.Ordinal))
            .Distinct()
            .Order(StringComparer.Ordinal)
            .Take(MostOthers),
    ];
}

/// <summary>What an answer "not modified" is worth.</summary>
internal enum NotModified
{
    /// <summary>The page is as it was.</summary>
    Trusted,

    /// <summary>The body may be as it was, but something outside of it is not, or is not shown: the page must be read in full.</summary>
    OutsideChanged,

    /// <summary>The site contradicts itself: the page must be read in full, now and later.</summary>
    Doubtful,
}

/// <summary>
/// Says what a 304 is worth. A verdict rests on more than the body, and a 304 that arrives does not say that robots.txt and headers are the
/// same.
/// </summary>
internal static class NotModifiedJudge
{
    /// <param name="known">The last fetch whose validators were sent.</param>
    /// <param name="answer">What came: 304, or 412 from servers that take the question for a condition of another kind.</param>
    /// <param name="visit">What the robots.txt files on the way said.</param>
    public static NotModified Judge(LastFetch known, FetchedResponse answer, PoliteVisit visit)
    {
        if (answer.Status != 304 || known.Validators is null || known.Validators.IsContradictedBy(answer.Headers))
            return NotModified.Doubtful;
        return visit.Objection is not null || GoogleRule(visit.DisallowedForGoogle) != known.GoogleRule
            || WallFinder.ByHeaders(answer.Headers) is not null || !Shows(answer.Headers, known)
            ? NotModified.OutsideChanged
            : NotModified.Trusted;
    }

    /// <summary>
    /// Whether a 304 shows all that a full answer shows. A name that is there proves nothing for another: a network in front of a server
    /// adds headers of its own to what the server has stripped.
    /// </summary>
    public static bool Shows(ResponseHeaders headers, LastFetch full) =>
        LastFetchHeaders.Meaningful.All(name => IsSame(full, headers, name)) && full.OtherHeaders.All(name => headers.Values(name).Any());

    /// <summary>A mark of the rule that keeps Googlebot out, wherever in the file it stands; null for none.</summary>
    public static string? GoogleRule(DisallowedUrl? disallowed) =>
        disallowed is null ? null : Fingerprint.Of([disallowed.Url.Href, disallowed.Ruling.Line ?? ""]);

    // A content type that is missing is as it should be; any other header that is missing may be gone.
    private static bool IsSame(LastFetch known, ResponseHeaders headers, string name)
    {
        var now = LastFetchHeaders.Mark(headers, name);
        return now == known.Headers.GetValueOrDefault(name) || (now is null && name == "content-type");
    }
}

/// <summary>Keeps of a full answer what is needed to find out later whether it still holds.</summary>
internal static class LastFetchFactory
{
    /// <summary>
    /// Null unless the page came whole, with 200, for everybody, and will not change its meaning by the mere passing of time.
    /// </summary>
    /// <param name="makesOutline">Whether the page is one whose body changes while its reading may not.</param>
    public static LastFetch? Of(FetchResult fetch, PageObservations observations, bool makesOutline)
    {
        if (fetch is not FetchedResponse { Status: 200 } response
            || observations.Seen is not { Kind: ObservationKind.Observed, Reading.RobotsChangeAt: null }
            || !ReferenceEquals(observations.Seen, observations.Obedient))
            return null;

        return Of(response, observations.Seen.DisallowedForGoogle) with
        {
            Scan = new PageScan(PageOutline.CurrentVersion, AnswerComparison.Cookies(response))
            {
                Outline = makesOutline ? AnswerComparison.Outline(response) : null,
            },
        };
    }

    /// <summary>Without anything to compare with.</summary>
    public static LastFetch Of(FetchedResponse response, DisallowedUrl? disallowedForGoogle) => new()
    {
        SeenAt = response.StartedAt,
        Validators = PageValidators.Of(response.Headers),
        Route = Fingerprint.OfRoute(response.Redirects, response.FinalUrl),
        Body = Fingerprint.Of(response.Body.Span),
        GoogleRule = NotModifiedJudge.GoogleRule(disallowedForGoogle),
        Headers = LastFetchHeaders.Marks(response.Headers),
        OtherHeaders = LastFetchHeaders.Others(response.Headers),
    };
}

/// <summary>
/// Says whether a full answer has the same reading as the last one that was read. When in doubt it has not, and is read.
/// </summary>
internal static class AnswerComparison
{
    /// <summary>What is to be kept from now on; null when the answer must be read.</summary>
    /// <param name="ignoresNumbers">
    /// Whether digits in the text outside links make no difference: where the links that are watched are there, and so nothing rests on the
    /// text around them.
    /// </param>
    public static LastFetch? Compare(LastFetch known, FetchedResponse answer, PoliteVisit visit, bool ignoresNumbers)
    {
        if (answer.Status != 200 || visit.Objection is not null || known.Scan is not { Version: PageOutline.CurrentVersion } scan
            || WallFinder.ByHeaders(answer.Headers) is not null)
            return null;
        var now = LastFetchFactory.Of(answer, visit.DisallowedForGoogle);
        if (now.Route != known.Route
            || now.GoogleRule != known.GoogleRule
            || !HasSameHeaders(known, now)
            || Cookies(answer) != scan.Cookies)
            return null;
        return now.Body == known.Body || IsSame(scan.Outline, answer, ignoresNumbers) ? known.SameAs(now, answer.StartedAt) : null;
    }

    public static string Cookies(FetchedResponse answer) => Fingerprint.Of(Observer.CookieNames(answer).Order(StringComparer.Ordinal));

    public static PageOutline? Outline(FetchedResponse answer) =>
        OutlineFactory.Of(answer, WallFinder.MarksInBody, WallFinder.MaxSearched);

    private static bool IsSame(PageOutline? known, FetchedResponse answer, bool ignoresNumbers) =>
        known is not null && Outline(answer) is { } now && now.Mark == known.Mark && (ignoresNumbers || now.Numbers == known.Numbers);

    private static bool HasSameHeaders(LastFetch known, LastFetch now) =>
        LastFetchHeaders.Meaningful.All(name => known.Headers.GetValueOrDefault(name) == now.Headers.GetValueOrDefault(name));
}
