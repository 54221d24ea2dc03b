using System.Globalization;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Links;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Demo;

/// <summary>
/// Has the pages of the demo checked every few seconds, those first on which something has just happened, and tells what came of it.
/// </summary>
/// <param name="tell">Is given a line for people.</param>
internal sealed class DemoWatch(
    ProjectId project, LinkRegistry registry, ILinkStore links, IAlertStore alerts, Func<DemoPage, LinkId> idOf, Func<string, Task> tell)
{
    private const int MaxAlerts = 100;
    private const int EveryOther = 3;

    // Long enough for somebody to see the suspicion.
    private const int TurnsInDoubt = 2;

    private readonly Dictionary<DemoPage, Followed> _followed = [];
    private readonly HashSet<string> _alerts = [];
    private int _turn;

    /// <summary>How many alerts were told of.</summary>
    public int Alerts => _alerts.Count;

    /// <summary>Whether all that happened has led to the state that it should.</summary>
    public bool IsQuiet => _followed.Count == 0;

    /// <summary>Follows a page until its link is in another state.</summary>
    public async Task FollowAsync(DemoPage page, CancellationToken cancellationToken)
    {
        if (await links.GetAsync(project, idOf(page), cancellationToken) is { } link)
            _followed[page] = new Followed(link.Status.State, link.Status.Reasons.Count, null);
    }

    /// <summary>Looks what came of the checks so far, and asks for the next ones.</summary>
    public async Task TurnAsync(CancellationToken cancellationToken)
    {
        foreach (var (page, before) in _followed.ToList())
            await LookAsync(page, before, cancellationToken);
        if (_turn++ % EveryOther == 0)
            await CheckAnotherAsync(cancellationToken);
        foreach (var alert in (await alerts.ListAsync(project, MaxAlerts, null, cancellationToken)).Items.OrderBy(one => one.CreatedAt))
            if (_alerts.Add(alert.Id))
                await tell($"alert: {alert.Subject}");
    }

    private async Task LookAsync(DemoPage page, Followed before, CancellationToken cancellationToken)
    {
        if (await links.GetAsync(project, idOf(page), cancellationToken) is not { } link)
            return;
        if (link.Status.State != before.State || link.Status.Reasons.Count != before.Reasons)
        {
            _followed.Remove(page);
            await tell(string.Create(CultureInfo.InvariantCulture, $"{page.Host} is {WireName.Of(link.Status.State)}{Why(link.Status)}"));
            return;
        }

        if (link.Status.Suspicions.Count > 0 && before.SuspectedIn is null)
        {
            _followed[page] = before with { SuspectedIn = _turn };
            await tell($"{page.Host} is suspected; the next check confirms it (in real life an hour later)");
        }
        else if (before.SuspectedIn is not { } turn || _turn - turn >= TurnsInDoubt)
        {
            await registry.CheckNowAsync(link, cancellationToken);
        }
    }

    // The target that is going to break is not fetched before: what was seen of a target stands for ten minutes.
    private async Task CheckAnotherAsync(CancellationToken cancellationToken)
    {
        var page = DemoSite.All[_turn / EveryOther % DemoSite.All.Count];
        if (page.Target != DemoSite.Catalogue && !_followed.ContainsKey(page)
            && await links.GetAsync(project, idOf(page), cancellationToken) is { } link)
            await registry.CheckNowAsync(link, cancellationToken);
    }

    private static string Why(LinkStatus status) => status.Reasons is [var reason, ..] ? $": {reason.Message}" : " again";

    /// <param name="SuspectedIn">The turn in which the change was suspected; null before.</param>
    private sealed record Followed(LinkState State, int Reasons, int? SuspectedIn);
}
