using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Fetching;

/// <summary>One step of a redirect chain.</summary>
/// <param name="Url">The URL that answered with a redirect.</param>
/// <param name="Status">Its HTTP status, 301, 302, 303, 307 or 308; a success for a page that sends its readers on by itself (meta refresh).</param>
public sealed record Redirect(WebUrl Url, int Status);
