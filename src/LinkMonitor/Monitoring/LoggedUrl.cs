using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Monitoring;

/// <summary>
/// URLs as they are logged: user names, passwords, fragments, and the values of a query and of path parameters (<c>;jsessionid=…</c>) are left out, which may
/// let people in. The names stay, so that two pages are told apart.
/// </summary>
internal static class LoggedUrl
{
    private const int MaxLength = 300;

    public static string Of(WebUrl url)
    {
        ArgumentNullException.ThrowIfNull(url);
        var port = url.Port is { } other ? $":{other}" : string.Empty;
        return Cut($"{url.Scheme}://{url.Host}{port}{Path(url.Path)}{Query(url.Query)}");
    }

    // https://www.rfc-editor.org/rfc/rfc3986#section-3.3: a segment's parameters follow a semicolon.
    private static string Path(string path) => !path.Contains(';', StringComparison.Ordinal)
        ? path
        : string.Join('/', path.Split('/').Select(segment => string.Join(';', segment.Split(';').Select((part, index) => index == 0 ? part : Value(part)))));

    private static string Value(string pair) => pair.IndexOf('=', StringComparison.Ordinal) is >= 0 and var end ? pair[..end] + "=*" : "*";

    private static string Query(string? query) => query is null or ""
        ? string.Empty
        : "?" + string.Join('&', query.Split('&').Select(Value));

    private static string Cut(string text) => text.Length <= MaxLength ? text : text[..MaxLength] + "\u2026";
}
