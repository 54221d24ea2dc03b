using LinkMonitor.Alerts.Incidents;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Alerts.Planning;

/// <summary>The outbox sorted: what is held, what is muted, what is ready to be reported, and what waits until when. Pure.</summary>
/// <param name="Held">Of unstable links.</param>
/// <param name="Muted">Of links whose alerts somebody has switched off.</param>
/// <param name="Ready">Changes of complete incidents.</param>
/// <param name="WaitsUntil">When each incident that is not complete may be.</param>
internal sealed record OutboxView(
    IReadOnlyList<OutboxEntry> Held, IReadOnlyList<OutboxEntry> Muted, IReadOnlyList<LinkChange> Ready, IReadOnlyList<DateTimeOffset> WaitsUntil)
{
    public static OutboxView Of(PlanInput input, TellingOptions options)
    {
        var isHeld = input.Unstable.Select(link => link.LinkId).Concat(input.UnreadableUnstable.Select(id => new LinkId(id))).ToHashSet();
        var held = input.Waiting.Where(entry => isHeld.Contains(entry.Change.LinkId)).ToList();
        var others = input.Waiting.Where(entry => !isHeld.Contains(entry.Change.LinkId))
            .ToLookup(entry => input.LinkOf(entry.Change)?.IsMutedAt(input.Context.Now) == true);
        var ready = new List<LinkChange>();
        var waits = new List<DateTimeOffset>();
        foreach (var incident in IncidentGrouping.Group(others[false].Select(entry => entry.Change), VendorsOf(input)))
        {
            var readyAt = IncidentTiming.ReadyAt(incident, input.Context, options);
            if (readyAt <= input.Context.Now)
                ready.AddRange(incident.Changes);
            else
                waits.Add(readyAt);
        }

        return new OutboxView(held, [.. others[true]], ready, waits);
    }

    /// <summary>Who sold the link of a change, with one spelling for all spellings of a vendor; null for nobody.</summary>
    public static Func<LinkChange, string?> VendorsOf(PlanInput input)
    {
        var vendors = input.Links.Values
            .Where(link => VendorName.Key(link.Terms?.Vendor).Length > 0)
            .GroupBy(link => VendorName.Key(link.Terms?.Vendor), StringComparer.Ordinal)
            .SelectMany(vendor => vendor.Select(link => (link.Id, Name: vendor.Select(one => one.Terms!.Vendor!).Min(StringComparer.Ordinal)!)))
            .ToDictionary(link => link.Id, link => link.Name);
        return change => vendors.GetValueOrDefault(change.LinkId);
    }
}
