using LinkMonitor.Alerts.Composing.Matters;
using LinkMonitor.Placements;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;
using Stake = LinkMonitor.Alerts.Composing.Matters.Stake;

namespace LinkMonitor.Alerts.Telling;

/// <summary>What alerts say of paid placements.</summary>
internal sealed class TermMatters(ILinkStore links, TimeProvider time)
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
        var today = ZoneDay.Of(time.GetUtcNow(), ZoneDay.Find(project.TimeZone));
        var events = new List<TermsEvent>();
        UnreadableRowException? unreadable = null;
        foreach (var reminder in alert.Content?.Reminders ?? [])
        {
            try
            {
                if (await links.GetAsync(project.Id, new LinkId(reminder.LinkId), cancellationToken) is { } link)
                    events.Add(EventOf(link, reminder.End, reminder.DaysLeft, today));
            }
            catch (UnreadableRowException e)
            {
                unreadable = e;
            }
        }

        // One that cannot be read holds up no other; alone it waits until it can.
        return events.Count == 0 && unreadable is not null ? throw unreadable : events.Count == 0 ? null : new TermsMatter { AlertId = alert.Id, Project = project, Events = events };
    }

    /// <summary>What is at stake, as every report has it, in the form of a mail.</summary>
    public static IReadOnlyList<StakeSum> SumsOf(IEnumerable<Placements.Stake> atStake) =>
        [.. atStake.Select(sum => new StakeSum(sum.Currency, sum.PerMonth, sum.Links) { OneOff = sum.OneOff })];

    /// <summary>By link: what it costs, for those that are known to cost something.</summary>
    /// <param name="today">The day in the project's time zone.</param>
    public static IReadOnlyDictionary<LinkId, Stake> StakesOf(IEnumerable<WatchedLink> links, DateOnly today) => links
        .Select(link => (link.Id, Stake: StakeOf(link, today)))
        .Where(one => one.Stake is not null)
        .ToDictionary(one => one.Id, one => one.Stake!);

    /// <summary>What a link costs by its terms, whether or not that is at stake; null when that is not known.</summary>
    public static Stake? StakeOf(WatchedLink link, DateOnly today)
    {
        if (link.Terms is not { } terms || PlacementCost.Whole(terms) is not { } whole)
            return null;
        var perMonth = PlacementCost.PerMonth(terms)?.Rounded().Amount ?? 0;
        return new Stake(perMonth, whole.Currency, terms.Vendor)
        {
            Whole = terms.CostPeriod == CostPeriod.Month ? null : whole.Rounded().Amount,
            Days = terms.CostPeriod == CostPeriod.Month ? null : PlacementCost.Days(terms),
            EndedOn = terms.End < today ? terms.End : null,
            BeginsOn = terms.Start > today ? terms.Start : null,
        };
    }

    public static TermsEvent EventOf(WatchedLink link, DateOnly end, int daysLeft, DateOnly today) => new()
    {
        Link = LinkName.Of(link),
        State = link.Status.State,
        End = end,
        DaysLeft = daysLeft,
        Vendor = link.Terms?.Vendor,
        Contact = link.Terms?.Contact,
        Stake = StakeOf(link, today),
    };
}
