using LinkMonitor.Alerts.Incidents;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Alerts.Planning;

/// <summary>The outbox sorted: what is held, what is muted, what is ready to be reported, and what waits until when. Pure.</summary>
/// <param name="Held">Of unstable links.</param>
/// <param name="Muted">Of links whose alerts somebody has switched off.</param>
/// <param name="Ready">Changes of complete incidents.</param>
/// <param name="WaitsUntil">When each incident that is not complete may be.</param>
internal sealed record OutboxView(
    IReadOnlyList<OutboxEntry> Held, IReadOnlyList<OutboxEntry> Muted, IReadOnlyList<LinkChange> Ready,
    IReadOnlyList<DateTimeOffset> WaitsUntil)
{
    public static OutboxView Of(PlanInput input, AlertOptions options)
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
            .SelectMany(
                vendor => vendor.Select(link => (link.Id, Name: vendor.Select(one => one.Terms!.Vendor!).Min(StringComparer.Ordinal)!)))
            .ToDictionary(link => link.Id, link => link.Name);
        return change => vendors.GetValueOrDefault(change.LinkId);
    }
}

/// <summary>When an incident is complete enough to be reported. Pure; see docs/decisions/0013-when-alerts-are-sent.md.</summary>
internal static class IncidentTiming
{
    /// <summary>
    /// When its newest change is old enough that no more seem to come, or its oldest has waited long enough; and not too soon after the
    /// last alert of the same cause. A change from the future is as old as can be: nobody knows how long it waits already.
    /// </summary>
    public static DateTimeOffset ReadyAt(Incident incident, PlanContext context, AlertOptions options)
    {
        var plan = context.Plan;
        var times = incident.Changes.Select(
            change => StoredTime.IsFromFuture(change.Transition.At, context.Now) ? Unknown : change.Transition.At).ToList();
        var (oldest, newest) = (times.Min(), times.Max());
        var limit = IsShared(incident.Cause.Kind) ? options.MaxSharedGroupingDelay : options.MaxGroupingDelay;
        var complete = Earlier(newest + options.GroupingDelay, oldest + limit);
        return plan.Causes.TryGetValue(KeyOf(incident), out var told) && told + options.GroupInterval > complete
            ? told + options.GroupInterval
            : complete;
    }

    /// <summary>The same for two incidents of one cause.</summary>
    public static string KeyOf(Incident incident)
    {
        var first = incident.Changes[0];
        var subject = incident.Cause.Subject ?? first.LinkId.Value;
        return AlertIds.OfCause($"{WireName.Of(incident.Cause.Kind)}\n{subject}\n{WireName.Of(first.Transition.To)}");
    }

    // Long ago, and far enough from the end of time to be reckoned with.
    private static readonly DateTimeOffset Unknown = DateTimeOffset.UnixEpoch;

    // Many pages have a part in these, and a host's pages are checked one after the other.
    private static bool IsShared(CauseKind kind) => kind is CauseKind.Host or CauseKind.Target or CauseKind.Vendor;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
