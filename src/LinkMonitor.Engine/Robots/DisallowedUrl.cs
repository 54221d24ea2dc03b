using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Robots;

/// <summary>A URL that a crawler may not fetch, and the ruling that says so.</summary>
public sealed record DisallowedUrl(WebUrl Url, RobotsRuling Ruling);
