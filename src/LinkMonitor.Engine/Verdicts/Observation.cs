using System.Text.Json.Serialization;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Judging.Walls;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Robots;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Verdicts;

/// <summary>What one check saw of a page; the same for every link watched on it.</summary>
public sealed record Observation
{
    public required ObservationKind Kind { get; init; }

    /// <summary>When the fetch began, UTC.</summary>
    public required DateTimeOffset CheckedAt { get; init; }

    public required WebUrl Page { get; init; }

    public required WebUrl FinalUrl { get; init; }

    /// <summary>The HTTP status; null when no answer came, and when nobody knows it (<see cref="IsHandedOver"/>).</summary>
    public int? Status { get; init; }

    /// <summary>
    /// Nothing was fetched: the document was handed over from the browser of a person. Status, headers, redirects and robots.txt are not
    /// known.
    /// </summary>
    public bool IsHandedOver { get; init; }

    public IReadOnlyList<Redirect> Redirects { get; init; } = [];

    /// <summary>One sentence for people: what was seen and, where there is something to do, what.</summary>
    public required string Detail { get; init; }

    /// <summary>The page's content; set exactly when <see cref="Kind"/> is <see cref="ObservationKind.Observed"/>.</summary>
    public PageReading? Reading { get; init; }

    /// <summary>The names of the cookies that the last answer set.</summary>
    public IReadOnlyList<string> Cookies { get; init; } = [];

    /// <summary>What stands in front of the page, or in its place, as far as the marks of the answer show; null for nothing.</summary>
    internal Wall? Wall { get; init; }

    /// <summary>
    /// What the same check saw of the page that this one names as its canonical; null when it names none or itself, and when nobody fetched
    /// it.
    /// </summary>
    public Observation? Canonical { get; init; }

    /// <summary>DNS said that the name does not exist: the first sign of a vanished domain.</summary>
    public bool NameNotFound { get; init; }

    /// <summary>
    /// The host was not asked, because other checks of it were under way: the check is to be made later and says nothing.
    /// </summary>
    public bool IsHostBusy { get; init; }

    /// <summary>
    /// The page, or the first redirect on the way to it, that robots.txt keeps Googlebot out of; null when Googlebot may fetch all of them,
    /// and where robots.txt could not be read.
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

/// <summary>What one check saw of a page (axis A).</summary>
[JsonConverter(typeof(WireNameJsonConverter<ObservationKind>))]
public enum ObservationKind
{
    /// <summary>The page came with a success status and could be read.</summary>
    Observed,

    /// <summary>404 or 410.</summary>
    Gone,

    /// <summary>401, 403, 407, 429, 451, 999, another 4xx, or a challenge page: it may well be there for others.</summary>
    Blocked,

    /// <summary>5xx.</summary>
    ServerError,

    /// <summary>No complete answer: DNS, connection, TLS, time-out, redirect loop.</summary>
    Unreachable,

    /// <summary>An image, a PDF or another format that holds no HTML links.</summary>
    NotHtml,

    /// <summary>Longer than we read.</summary>
    TooLarge,

    /// <summary>The site's robots.txt keeps us out, and we obey.</summary>
    RobotsDisallowed,

    /// <summary>Our address policy forbids the request.</summary>
    Refused,

    /// <summary>Our own network or our own bug.</summary>
    OurFault,
}

/// <summary>
/// What an HTTP status other than success says about a page. 404 and 410 are the only ones that say it is gone; any other 4xx may be meant
/// for us alone. Source: https://developers.google.com/crawling/docs/troubleshooting/http-status-codes
/// </summary>
internal static class StatusText
{
    public static ObservationKind KindOf(int status) => status switch
    {
        404 or 410 => ObservationKind.Gone,
        < 400 => ObservationKind.Unreachable,
        >= 500 and < 600 => ObservationKind.ServerError,

        // 999 and its like are inventions of bot walls.
        _ => ObservationKind.Blocked,
    };

    /// <summary>One sentence with advice.</summary>
    /// <param name="wasThere">An earlier check saw the page, so that its address is right.</param>
    public static string DetailOf(int status, bool wasThere = false) => status switch
    {
        404 when wasThere => "The server says that there is no such page any more (404); ask the site's owner where the page is.",
        404 => "The server says that there is no such page (404); check its address, or ask the site's owner where the page is.",
        410 => "The server says that the page is gone for good (410); ask the site's owner for another page.",
        401 => "The page asks for a login (401), so we cannot see it; readers without an account cannot either.",
        403 =>
            "The server refused to send us the page (403); this often affects only bots: open it in a browser, or ask the site's owner "
                + "to let LinkMonitor in.",
        407 => "A proxy in front of the page asks for a login (407), so we cannot see it.",
        429 => "The server says that we ask too often (429); we ask again later, and a slower schedule helps.",
        451 => "The page is withheld for legal reasons (451), perhaps only where we are; open it in a browser.",
        304 => "The server says that the page has not changed (304) though we asked for all of it; we try again.",
        < 400 => $"The server answered with a redirect that names no page to go to ({status}); we try again.",
        >= 500 and < 600 => $"The server failed ({status}), which is usually temporary; we try again.",
        >= 400 and < 500 =>
            $"The server rejected our request ({status}), which says nothing about what readers see: open the page in a browser.",
        _ => $"The server refused to send us the page with a status of its own ({status}), as bot walls do: open it in a browser.",
    };
}
