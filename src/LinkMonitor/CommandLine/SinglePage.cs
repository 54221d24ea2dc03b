using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Fetching.Pacing;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Robots;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.CommandLine;

/// <summary>Looks at one page for one command.</summary>
internal static class SinglePage
{
    /// <summary>What the page itself says.</summary>
    public static async Task<Observation> ObserveAsync(
        WebUrl page, bool allowPrivateNetworks, bool ignoreRobots, TimeProvider time, CancellationToken cancellationToken)
    {
        using var fetcher = Fetcher(allowPrivateNetworks, time);
        return (await Observer(fetcher, time).LookAsync(page, !ignoreRobots, cancellationToken)).Seen;
    }

    /// <summary>What the page says of a link, with its canonical and the link's target.</summary>
    public static async Task<Verdict> CheckAsync(
        WebUrl page, Expectation expectation, bool allowPrivateNetworks, bool ignoreRobots, TimeProvider time,
        CancellationToken cancellationToken)
    {
        using var fetcher = Fetcher(allowPrivateNetworks, time);
        var observer = Observer(fetcher, time);
        var observed = await new RelatedPages(observer).LookAsync(page, !ignoreRobots, cancellationToken);
        return await new LinkChecker(new TargetObserver(observer, time), time).CheckAsync(observed.Seen, expectation, cancellationToken);
    }

    private static PageFetcher Fetcher(bool allowPrivateNetworks, TimeProvider time) =>
        new(new FetchOptions { AllowPrivateNetworks = allowPrivateNetworks }, null, time);

    private static PageObserver Observer(PageFetcher fetcher, TimeProvider time)
    {
        // A robots.txt and a page, asked for by somebody who waits, burden no host.
        var pacer = new HostPacer(new HostPacing { Pause = TimeSpan.Zero }, time);
        return new PageObserver(fetcher, pacer, new RobotsCache(fetcher, pacer, time));
    }
}
