namespace LinkMonitor.Engine.Robots;

/// <summary>What a robots.txt says to one crawler about one URL.</summary>
/// <param name="Allowed">Whether the crawler may fetch the URL.</param>
/// <param name="Line">The deciding line as written, at most 200 characters, without control characters; null when no rule speaks of the URL.</param>
/// <param name="LineNumber">The line's number, counted from 1.</param>
public sealed record RobotsRuling(bool Allowed, string? Line, int? LineNumber)
{
    /// <summary>No rule speaks of the URL, which allows it.</summary>
    internal static RobotsRuling Unmentioned { get; } = new(true, null, null);

    /// <summary>The deciding line for people, for example <c>line 3, "Disallow: /posts"</c>.</summary>
    internal string Place => $"line {LineNumber}, \"{Line}\"";
}
