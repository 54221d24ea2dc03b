using LinkMonitor.Engine.Reading;

namespace LinkMonitor.CommandLine.Output;

/// <summary>What a page says to search engines.</summary>
internal sealed record RobotsView(bool Index, bool Follow, IReadOnlyList<string> Reasons)
{
    public static RobotsView Of(RobotsDirectives robots) => new(robots.Index, robots.Follow, robots.Reasons);
}
