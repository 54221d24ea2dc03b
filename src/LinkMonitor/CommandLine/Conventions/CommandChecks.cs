using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Fetching.Pacing;
using LinkMonitor.Engine.Robots;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.CommandLine.Conventions;

/// <summary>What one command checks pages with.</summary>
internal sealed class CommandChecks : IDisposable
{
    // No second check comes after an outage, so that the answer may not be old; nor are the control addresses asked for every link.
    private static readonly TimeSpan ControlEvery = TimeSpan.FromSeconds(5);

    private readonly PageFetcher _fetcher;
    private readonly ControlProbe _controls;

    public CommandChecks(WebAccess access, HostPacing pacing, TimeProvider time)
    {
        _fetcher = new PageFetcher(new FetchOptions { AllowPrivateNetworks = access.AllowPrivateNetworks }, null, time);
        _controls = new ControlProbe(_fetcher, access.Controls, ControlEvery, time);
        var pacer = new HostPacer(pacing, time);
        Observer = new PageObserver(_fetcher, pacer, new RobotsCache(_fetcher, pacer, time), _controls);
        Pages = new RelatedPages(Observer);
        Links = new LinkChecker(new TargetObserver(Observer, time), time);
    }

    public PageObserver Observer { get; }

    public RelatedPages Pages { get; }

    public LinkChecker Links { get; }

    public void Dispose()
    {
        _controls.Dispose();
        _fetcher.Dispose();
    }
}

/// <summary>How a command reaches the web.</summary>
/// <param name="Controls">Asked whether our own network is well; none to ask nobody.</param>
internal sealed record WebAccess(bool AllowPrivateNetworks, bool IgnoreRobots, IReadOnlyList<WebUrl> Controls);
