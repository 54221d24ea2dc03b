using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Tracking;

namespace LinkMonitor.Monitoring;

/// <summary>When a page is due again, seen from one of its links.</summary>
internal static class NextCheck
{
    /// <summary>
    /// The project's interval; sooner while a finding waits for its confirmation, or when the page could not be observed. Never before the time
    /// that the site asked for.
    /// </summary>
    public static DateTimeOffset For(TrackingResult result, TimeSpan checkEvery, Observation observation, MonitoringOptions options)
    {
        var ordinary = observation.CheckedAt + Shorter(checkEvery, RetryFor(result.Status, observation, options));
        var wanted = result.RecheckAt is { } recheck && recheck < ordinary ? recheck : ordinary;
        var allowed = observation.CheckedAt + (observation.RetryAfter ?? TimeSpan.Zero);
        return wanted > allowed ? wanted : allowed;
    }

    private static TimeSpan RetryFor(LinkStatus status, Observation observation, MonitoringOptions options) => status switch
    {
        _ when observation.Kind == ObservationKind.OurFault => options.RetryOurFault,
        { UnobservedSince: null } => TimeSpan.MaxValue,
        { State: LinkState.Pending } => options.RetryPending,
        _ => options.RetryUnobserved,
    };

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
