using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Reading;

/// <summary>A page's order to go elsewhere after a while.</summary>
/// <param name="Url">Where to, absolute.</param>
/// <param name="Seconds">After how long, 0 or more.</param>
public sealed record PageRefresh(WebUrl Url, int Seconds);
