namespace LinkMonitor.Engine.Judging;

/// <summary>
/// What an HTTP status that is no success tells of a page. 404 and 410 are the only ones that say it is gone; any other 4xx may be meant for us alone.
/// Source: https://developers.google.com/crawling/docs/troubleshooting/http-status-codes
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
    public static string DetailOf(int status) => status switch
    {
        404 => "The server says that there is no such page (404); ask the site's owner to bring it back or to redirect it.",
        410 => "The server says that the page is gone for good (410); ask the site's owner for another page.",
        401 => "The page asks for a login (401), so we cannot see it; readers without an account cannot either.",
        403 => "The server refused us the page (403); that often means bots only: open it in a browser, or ask the site's owner to let LinkMonitor in.",
        407 => "A proxy in front of the page asks for a login (407), so we cannot see it.",
        429 => "The server says that we ask too often (429); we ask again later, and a slower schedule helps.",
        451 => "The page is withheld for legal reasons (451), perhaps only where we are; open it in a browser.",
        304 => "The server says that the page has not changed (304) though we asked for all of it; we try again.",
        < 400 => $"The server answered with a redirect that names no page to go to ({status}); we try again.",
        >= 500 and < 600 => $"The server failed ({status}), which mostly passes; we try again.",
        >= 400 and < 500 => $"The server rejected our request ({status}), which says nothing of what readers see: open the page in a browser.",
        _ => $"The server refused us the page with a status of its own ({status}), as bot walls do: open it in a browser.",
    };
}
