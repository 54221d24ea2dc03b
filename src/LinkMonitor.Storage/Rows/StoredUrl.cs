using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Storage.Rows;

/// <summary>URLs in columns.</summary>
internal static class StoredUrl
{
    /// <summary>Reads a URL that this program wrote.</summary>
    /// <exception cref="FormatException">The column is damaged.</exception>
    public static WebUrl Parse(string text) =>
        WebUrl.TryParse(text, out var url) ? url : throw new FormatException("A stored URL cannot be read.");

    /// <summary>A URL of at most <paramref name="maxLength"/> characters; null when the shortened text is none.</summary>
    public static WebUrl? Cut(WebUrl url, int maxLength) =>
        url.Href.Length <= maxLength ? url
        : WebUrl.TryParse(url.Href[..maxLength], out var shortened) ? shortened
        : null;
}
