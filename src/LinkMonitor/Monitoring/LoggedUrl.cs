using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Monitoring;

/// <summary>
/// URLs as they are logged: user names, passwords, fragments and the values of a query are left out, which may let people in. The names in a query stay, so
/// that two pages are told apart.
/// </summary>
internal static class LoggedUrl
{
    private const int MaxLength = 300;

    public static string Of(WebUrl url)
    {
        ArgumentNullException.ThrowIfNull(url);
        var port = url.Port is { } other ? $":{other}" : string.Empty;
        return Cut($"{url.Scheme}://{url.Host}{port}{url.Path}{Query(url.Query)}");
    }

    private static string Query(string? query) => query is null or ""
        ? string.Empty
        : "?" + string.Join('&', query.Split('&').Select(pair => pair.IndexOf('=', StringComparison.Ordinal) is >= 0 and var end ? pair[..end] + "=*" : "*"));

    private static string Cut(string text) => text.Length <= MaxLength ? text : text[..MaxLength] + "\u2026";
}
