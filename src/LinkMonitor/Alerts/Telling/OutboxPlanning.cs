using LinkMonitor.Alerts.Incidents;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Links;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Alerts.Telling;

/// <summary>Makes alerts of what waits in the outbox: groups it, waits for groups to be complete, holds unstable links.</summary>
internal sealed class OutboxPlanning(ILinkStore links, AlertDrafting drafting, Flapping flapping, IOptions<TellingOptions> options)
{
    private const int ParallelReads = 8;

    public async Task PlanAsync(
        PlanContext context, List<OutboxEntry> waiting, IReadOnlyList<UnstableLink> unstable, Planned planned, CancellationToken cancellationToken)
    {
        if (waiting.Count == 0)
            return;
        var isHeld = unstable.Select(link => link.LinkId).ToHashSet();
        planned.Held.AddRange(waiting.Where(entry => isHeld.Contains(entry.Change.LinkId)));
        var watched = await ReadLinksAsync(context, waiting, cancellationToken);
        var vendors = VendorsOf(watched.Values);
        var muted = waiting.Where(entry => !isHeld.Contains(entry.Change.LinkId) && IsMuted(context, watched, entry.Change)).ToList();
        planned.Taken.AddRange(muted.Select(entry => entry.Key));

        var told = waiting.Select(entry => entry.Change).Where(change => !isHeld.Contains(change.LinkId) && !IsMuted(context, watched, change));
        var ready = new List<LinkChange>();
        foreach (var incident in IncidentGrouping.Group(told, VendorOf))
        {
            var readyAt = IncidentTiming.ReadyAt(incident, context.Plan, options.Value);
            if (readyAt <= context.Now)
                ready.AddRange(incident.Changes);
            else
                Wait(context, planned, readyAt);
        }

        // What became unstable leaves its incident, which may then have another cause.
        var stable = await flapping.PlanAsync(context, ready, planned, cancellationToken);
        foreach (var incident in IncidentGrouping.Group(stable, VendorOf))
            Tell(context, incident, planned);

        string? VendorOf(LinkChange change) => vendors.GetValueOrDefault(change.LinkId);
    }

    /// <summary>By link: who sold it, with one spelling for all spellings of a vendor.</summary>
    private static Dictionary<LinkId, string> VendorsOf(IEnumerable<WatchedLink> links) => links
        .Where(link => VendorName.Key(link.Terms?.Vendor).Length > 0)
        .GroupBy(link => VendorName.Key(link.Terms?.Vendor), StringComparer.Ordinal)
        .SelectMany(vendor => vendor.Select(link => (link.Id, Name: vendor.Select(one => one.Terms!.Vendor!).Min(StringComparer.Ordinal)!)))
        .ToDictionary(link => link.Id, link => link.Name);

    private void Tell(PlanContext context, Incident incident, Planned planned)
    {
        foreach (var part in incident.Changes.Chunk(Alert.MaxChanges))
        {
            var opened = drafting.Draft(context, incident with { Changes = part });
            if (!planned.Fits(opened.Count * PlanStep.RowsPerAlert))
                return;
            planned.Opened.AddRange(opened);
            planned.Taken.AddRange(part.Select(change => change.OutboxKey));
            if (opened.Count > 0)
                planned.Causes[IncidentTiming.KeyOf(incident)] = context.Now;
        }
    }

    private void Wait(PlanContext context, Planned planned, DateTimeOffset readyAt)
    {
        // A change that comes meanwhile may be ready this soon, whatever the others wait for; without a delay it is ready when it comes.
        var latest = context.Now + options.Value.GroupingDelay;
        if (latest > context.Now)
            planned.ReadAt = readyAt = Earliest(readyAt, latest, planned.ReadAt ?? latest);
        planned.NudgeBy(readyAt);
    }

    private static DateTimeOffset Earliest(params DateTimeOffset[] times) => times.Min();

    private static bool IsMuted(PlanContext context, Dictionary<LinkId, WatchedLink> watched, LinkChange change) =>
        watched.TryGetValue(change.LinkId, out var link) && link.IsMutedAt(context.Now);

    private async Task<Dictionary<LinkId, WatchedLink>> ReadLinksAsync(
        PlanContext context, List<OutboxEntry> waiting, CancellationToken cancellationToken)
    {
        var found = new System.Collections.Concurrent.ConcurrentDictionary<LinkId, WatchedLink>();
        var reading = new ParallelOptions { MaxDegreeOfParallelism = ParallelReads, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(waiting.Select(entry => entry.Change.LinkId).Distinct(), reading, async (id, stop) =>
        {
            if (await links.GetAsync(context.Project.Id, id, stop) is { } link)
                found[id] = link;
        });
        return new Dictionary<LinkId, WatchedLink>(found);
    }
}
