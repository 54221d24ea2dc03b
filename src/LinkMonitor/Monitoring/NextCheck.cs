using LinkMonitor.Engine.Tracking;

namespace LinkMonitor.Monitoring;

/// <summary>When a page is due again, seen from one of its links.</summary>
internal static class NextCheck
{
    /// <summary>
    /// The project's interval; sooner while a finding waits for its confirmation, or when the page could not be observed.
    /// </summary>
    public static DateTimeOffset For(TrackingResult result, TimeSpan checkEvery, DateTimeOffset checkedAt, MonitoringOptions options)
    {
        var ordinary = checkedAt + Shorter(checkEvery, RetryFor(result.Status, options));
        return result.RecheckAt is { } recheck && recheck < ordinary ? recheck : ordinary;
    }

    private static TimeSpan RetryFor(LinkStatus status, MonitoringOptions options) => status switch
    {
        { UnobservedSince: null } => TimeSpan.MaxValue,
        { State: LinkState.Pending } => options.RetryPending,
        _ => options.RetryUnobserved,
    };

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
