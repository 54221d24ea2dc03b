using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Tests.Support;

/// <summary>URLs from literal text.</summary>
internal static class TestUrls
{
    public static WebUrl Parse(string input) => ParseOrNull(input) ?? throw new ArgumentException($"Not a URL: {input}", nameof(input));

    public static WebUrl? ParseOrNull(string input, WebUrl? baseUrl = null) => WebUrl.TryParse(input, baseUrl, out var url) ? url : null;
}
