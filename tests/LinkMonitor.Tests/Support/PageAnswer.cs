using System.Text;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Tests.Support;

/// <summary>Answers of the web without a web: what the fetcher would have handed over.</summary>
internal static class PageAnswer
{
    public const string DefaultUrl = "https://blog.example.net/posts/one";

    public static readonly DateTimeOffset Time = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static WebUrl Url(string text) =>
        WebUrl.TryParse(text, out var url) ? url : throw new ArgumentException($"Not a URL: {text}", nameof(text));

    /// <summary>An answer with a UTF-8 page.</summary>
    /// <param name="headers">Lines such as <c>X-Robots-Tag: noindex</c>; a Content-Type line replaces the default.</param>
    public static FetchedResponse Html(string html, params string[] headers) =>
        Bytes(Encoding.UTF8.GetBytes(html), ["Content-Type: text/html; charset=utf-8", .. headers]);

    public static FetchedResponse Bytes(byte[] body, params string[] headers) => new()
    {
        Url = Url(DefaultUrl),
        FinalUrl = Url(DefaultUrl),
        StartedAt = Time,
        Status = 200,
        Headers = new ResponseHeaders(headers.Select(Field)),
        Body = body,
    };

    public static FetchFailed Failed(FetchFailure failure, int? status = null) => new()
    {
        Url = Url(DefaultUrl),
        FinalUrl = Url(DefaultUrl),
        StartedAt = Time,
        Failure = failure,
        Message = $"It failed: {failure}.",
        Status = status,
    };

    public static FetchedResponse RedirectedTo(this FetchedResponse response, string url) => response with
    {
        FinalUrl = Url(url),
        Redirects = [new Redirect(response.Url, 301)],
    };

    public static PageReading Read(FetchedResponse response) =>
        PageReader.Read(response, TestContext.Current.CancellationToken) ?? throw new InvalidOperationException("The page was given up.");

    public static PageReading Read(string html, params string[] headers) => Read(Html(html, headers));

    /// <summary>A file of the Pages folder, as bytes.</summary>
    public static byte[] File(string name) => System.IO.File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Pages", name));

    public static PageReading ReadFile(string name) => Read(Bytes(File(name), "Content-Type: text/html"));

    private static KeyValuePair<string, string> Field(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return KeyValuePair.Create(line[..colon], line[(colon + 1)..].Trim());
    }
}
