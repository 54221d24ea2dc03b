using System.Collections.Concurrent;
using LinkMonitor.Alerts.Composing.Facts;
using LinkMonitor.Alerts.Planning;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;
using Stake = LinkMonitor.Alerts.Composing.Facts.LinkCost;

namespace LinkMonitor.Alerts.Sending;

/// <summary>What alerts say of paid placements.</summary>
internal sealed class TermFactsReader(ILinkStore links, TimeProvider time)
{
    /// <summary>The links as they are now; those that are gone, or cannot be read, are left out.</summary>
    public async Task<IReadOnlyCollection<WatchedLink>> ReadLinksAsync(
        ProjectId project, IEnumerable<LinkId> ids, CancellationToken cancellationToken) =>
        [.. (await LinkReads.ReadAsync(ids, (id, stop) => links.FindReadableAsync(project, id, stop), cancellationToken)).Values];

    /// <summary>Null when none of the links is there any more.</summary>
    public async Task<TermsFacts?> GatherAsync(Project project, Alert alert, CancellationToken cancellationToken)
    {
        var today = LocalTimes.Day(time.GetUtcNow(), project.TimeZone);
        var events = new List<DueTerm>();
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
        return events.Count == 0 && unreadable is not null
            ? throw unreadable
            : events.Count == 0 ? null : IncidentFactsFactory.OfTerms(alert.Id, project, events);
    }

    /// <summary>What is at stake, as every report has it, in the form of a mail.</summary>
    public static IReadOnlyList<CostSum> SumsOf(IEnumerable<Placements.Stake> atStake) =>
        [.. atStake.Select(sum => new CostSum(sum.Currency, sum.PerMonth, sum.Links) { OneOff = sum.OneOff })];

    /// <summary>By link: what it costs, for those that are known to cost something.</summary>
    /// <param name="today">The day in the project's time zone.</param>
    public static IReadOnlyDictionary<LinkId, Stake> StakesOf(IEnumerable<WatchedLink> links, DateOnly today) => links
        .Select(link => (link.Id, Stake: TermsEvents.StakeOf(link, today)))
        .Where(one => one.Stake is not null)
        .ToDictionary(one => one.Id, one => one.Stake!);
}

/// <summary>Reads something of many links, several at a time.</summary>
internal static class LinkReads
{
    private const int ParallelReads = 8;

    /// <summary>By link; those of which there is nothing are left out.</summary>
    /// <param name="ids">May name a link more than once; it is read once.</param>
    public static async Task<IReadOnlyDictionary<LinkId, T>> ReadAsync<T>(
        IEnumerable<LinkId> ids, Func<LinkId, CancellationToken, Task<T?>> read, CancellationToken cancellationToken)
        where T : class
    {
        var found = new ConcurrentDictionary<LinkId, T>();
        var reading = new ParallelOptions { MaxDegreeOfParallelism = ParallelReads, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(ids.Distinct(), reading, async (id, stop) =>
        {
            if (await read(id, stop) is { } one)
                found[id] = one;
        });
        return found;
    }
}
