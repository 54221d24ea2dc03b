using LinkMonitor.Engine.Clocks;
using LinkMonitor.Storage.Alerts;

namespace LinkMonitor.Alerts.Planning;

/// <summary>
/// Mends the times of what alerts remember, where a clock that was ahead has left some in the future (<see cref="StoredTime"/>). Gives the same instance
/// back when all is well. Pure.
/// </summary>
internal static class AlertTimes
{
    /// <summary>
    /// The furthest ahead that a project's next attention is noted. What is due later is looked at on the way, which costs a planning and finds nothing.
    /// </summary>
    public static readonly TimeSpan LongestWake = TimeSpan.FromDays(8);

    /// <summary>Longer than any pause between two attempts, and than any quiet time.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromDays(8);

    /// <summary>A cause from the future is forgotten: at worst it is reported again too soon. A digest from the future reaches until now.</summary>
    public static AlertPlan Mend(AlertPlan plan, TellingOptions options, DateTimeOffset now)
    {
        var readAt = plan.ReadAt is { } at && StoredTime.IsTooFar(at, options.GroupingDelay, now) ? null : plan.ReadAt;
        var wakeAt = plan.WakeAt is { } wake ? StoredTime.Due(wake, LongestWake, now) : (DateTimeOffset?)null;
        var isPast = plan.Causes.Values.Concat(plan.Digests.Values).All(time => !StoredTime.IsFromFuture(time, now));
        if (readAt == plan.ReadAt && wakeAt == plan.WakeAt && isPast)
            return plan;
        return plan with
        {
            ReadAt = readAt,
            WakeAt = wakeAt,
            Causes = plan.Causes.Where(cause => !StoredTime.IsFromFuture(cause.Value, now)).ToDictionary(),
            Digests = plan.Digests.ToDictionary(digest => digest.Key, digest => StoredTime.Happened(digest.Value, now)),
        };
    }

    /// <summary>When it was made stays: its key hangs on it.</summary>
    public static Alert Mend(Alert alert, TellingOptions options, DateTimeOffset now)
    {
        var leasedUntil = StoredTime.Due(alert.LeasedUntil, options.Lease, now);
        if (leasedUntil == alert.LeasedUntil && alert.Deliveries.All(delivery => ReferenceEquals(Mend(delivery, now), delivery)))
            return alert;
        return alert with { LeasedUntil = leasedUntil, Deliveries = [.. alert.Deliveries.Select(delivery => Mend(delivery, now))] };
    }

    /// <summary>What is under way by a wrong clock is not under way.</summary>
    public static AlertWork Mend(AlertWork work, TimeSpan longestNudge, TimeSpan lease, DateTimeOffset now)
    {
        var nudgeAt = work.NudgeAt is { } nudge && StoredTime.IsTooFar(nudge, longestNudge, now) ? null : work.NudgeAt;
        var workingUntil = work.WorkingUntil is { } until && StoredTime.IsTooFar(until, lease, now) ? null : work.WorkingUntil;
        return nudgeAt == work.NudgeAt && workingUntil == work.WorkingUntil ? work : work with { NudgeAt = nudgeAt, WorkingUntil = workingUntil };
    }

    private static Delivery Mend(Delivery delivery, DateTimeOffset now)
    {
        if (delivery.State != DeliveryState.Waiting)
            return delivery;
        var next = delivery.NextAttemptAt is { } at ? StoredTime.Due(at, LongestPause, now) : (DateTimeOffset?)null;
        var first = delivery.FirstAttemptAt is { } tried ? StoredTime.Happened(tried, now) : (DateTimeOffset?)null;
        return next == delivery.NextAttemptAt && first == delivery.FirstAttemptAt ? delivery : delivery with { NextAttemptAt = next, FirstAttemptAt = first };
    }
}
