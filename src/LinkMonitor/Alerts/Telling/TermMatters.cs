using LinkMonitor.Alerts.Composing.Matters;
using LinkMonitor.Placements;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;
using Stake = LinkMonitor.Alerts.Composing.Matters.Stake;

namespace LinkMonitor.Alerts.Telling;

/// <summary>What alerts say of paid placements.</summary>
internal sealed class TermMatters(ILinkStore links)
{
    /// <summary>The links as they are now; those that are gone, or cannot be read, are left out.</summary>
    public async Task<IReadOnlyCollection<WatchedLink>> ReadLinksAsync(
        ProjectId project, IEnumerable<LinkId> ids, CancellationToken cancellationToken) =>
        [.. (await EachLink.ReadAsync(ids, (id, stop) => TryReadAsync(project, id, stop), cancellationToken)).Values];

    private async Task<WatchedLink?> TryReadAsync(ProjectId project, LinkId id, CancellationToken cancellationToken)
    {
        try
        {
            return await links.GetAsync(project, id, cancellationToken);
        }
        catch (UnreadableRowException)
        {
            return null;
        }
    }

    /// <summary>Null when none of the links is there any more.</summary>
    public async Task<TermsMatter?> GatherAsync(Project project, Alert alert, CancellationToken cancellationToken)
    {
        var events = new List<TermsEvent>();
        UnreadableRowException? unreadable = null;
        foreach (var reminder in alert.Content?.Reminders ?? [])
        {
            try
            {
                if (await links.GetAsync(project.Id, new LinkId(reminder.LinkId), cancellationToken) is { } link)
                    events.Add(EventOf(link, reminder.End, reminder.DaysLeft));
            }
            catch (UnreadableRowException e)
            {
                unreadable = e;
            }
        }

        // One that cannot be read holds up no other; alone it waits until it can.
        return events.Count == 0 && unreadable is not null ? throw unreadable : events.Count == 0 ? null : new TermsMatter { AlertId = alert.Id, Project = project, Events = events };
    }

    /// <summary>By link: what it costs, for those that are known to cost something by the month.</summary>
    public static IReadOnlyDictionary<LinkId, Stake> StakesOf(IEnumerable<WatchedLink> links) => links
        .Select(link => (link.Id, Stake: StakeOf(link)))
        .Where(one => one.Stake is not null)
        .ToDictionary(one => one.Id, one => one.Stake!);

    public static Stake? StakeOf(WatchedLink link) => link.Terms is { } terms && PlacementCost.PerMonth(terms) is { } money
        ? new Stake(money.Rounded().Amount, money.Currency, terms.Vendor)
        : null;

    public static TermsEvent EventOf(WatchedLink link, DateOnly end, int daysLeft) => new()
    {
        Link = LinkName.Of(link),
        State = link.Status.State,
        End = end,
        DaysLeft = daysLeft,
        Vendor = link.Terms?.Vendor,
        Contact = link.Terms?.Contact,
        Stake = StakeOf(link),
    };
}
