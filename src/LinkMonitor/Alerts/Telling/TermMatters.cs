using LinkMonitor.Alerts.Composing.Matters;
using LinkMonitor.Alerts.Planning;
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
        [.. (await EachLink.ReadAsync(ids, (id, stop) => links.FindReadableAsync(project, id, stop), cancellationToken)).Values];

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
                    events.Add(TermsEvents.Of(link, reminder.End, reminder.DaysLeft, today));
            }
            catch (UnreadableRowException e)
            {
                unreadable = e;
            }
        }

        // One that cannot be read holds up no other; alone it waits until it can.
        return events.Count == 0 && unreadable is not null ? throw unreadable : events.Count == 0 ? null : Matters.OfTerms(alert.Id, project, events);
    }

    /// <summary>What is at stake, as every report has it, in the form of a mail.</summary>
    public static IReadOnlyList<StakeSum> SumsOf(IEnumerable<Placements.Stake> atStake) =>
        [.. atStake.Select(sum => new StakeSum(sum.Currency, sum.PerMonth, sum.Links) { OneOff = sum.OneOff })];

    /// <summary>By link: what it costs, for those that are known to cost something.</summary>
    /// <param name="today">The day in the project's time zone.</param>
    public static IReadOnlyDictionary<LinkId, Stake> StakesOf(IEnumerable<WatchedLink> links, DateOnly today) => links
        .Select(link => (link.Id, Stake: TermsEvents.StakeOf(link, today)))
        .Where(one => one.Stake is not null)
        .ToDictionary(one => one.Id, one => one.Stake!);
}
