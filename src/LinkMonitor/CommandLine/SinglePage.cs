using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Robots;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.CommandLine;

/// <summary>Looks at one page for one command.</summary>
internal static class SinglePage
{
    public static async Task<Observation> ObserveAsync(
        WebUrl page, bool allowPrivateNetworks, bool ignoreRobots, TimeProvider time, CancellationToken cancellationToken)
    {
        using var fetcher = new PageFetcher(new FetchOptions { AllowPrivateNetworks = allowPrivateNetworks }, null, time);

        // A robots.txt and a page, asked for by somebody who waits, burden no host.
        var pacer = new HostPacer(new HostPacing { Pause = TimeSpan.Zero }, time);
        var observer = new PageObserver(fetcher, pacer, new RobotsCache(fetcher, pacer, time));
        return (await observer.LookAsync(page, !ignoreRobots, cancellationToken)).Seen;
    }
}
