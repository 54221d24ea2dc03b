using LinkMonitor.Alerts.Incidents;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Alerts;

namespace LinkMonitor.Alerts.Planning;

/// <summary>When an incident is complete enough to be told. Pure; see docs/decisions/0013-when-alerts-are-told.md.</summary>
internal static class IncidentTiming
{
    /// <summary>
    /// When its newest change is old enough that no more seem to come, or its oldest has waited long enough; and not too soon after the last alert of
    /// the same cause. A change from the future is as old as can be: nobody knows how long it waits already.
    /// </summary>
    public static DateTimeOffset ReadyAt(Incident incident, PlanContext context, TellingOptions options)
    {
        var plan = context.Plan;
        var times = incident.Changes.Select(change => StoredTime.IsFromFuture(change.Transition.At, context.Now) ? Unknown : change.Transition.At).ToList();
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
