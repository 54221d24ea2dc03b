using LinkMonitor.CommandLine.Conventions;
using LinkMonitor.Engine.Fetching.Pacing;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.CommandLine;

/// <summary>Checks one page for one command.</summary>
internal static class SinglePage
{
    // A robots.txt and a page, asked for by somebody who waits, burden no host.
    private static readonly HostPacing Unpaced = new() { Pause = TimeSpan.Zero };

    /// <summary>What the page itself says.</summary>
    public static async Task<Observation> ObserveAsync(
        WebUrl page, WebAccess access, TimeProvider time, CancellationToken cancellationToken)
    {
        using var checks = new CommandChecks(access, Unpaced, time);
        return (await checks.Observer.CheckAsync(page, !access.IgnoreRobots, cancellationToken)).Seen;
    }

    /// <summary>What the page says of a link, with its canonical and the link's target.</summary>
    public static async Task<Verdict> CheckAsync(
        WebUrl page, Expectation expectation, WebAccess access, TimeProvider time, CancellationToken cancellationToken)
    {
        using var checks = new CommandChecks(access, Unpaced, time);
        var observed = await checks.Pages.CheckAsync(page, !access.IgnoreRobots, cancellationToken);
        return await checks.Links.CheckAsync(observed.Seen, expectation, cancellationToken);
    }
}
