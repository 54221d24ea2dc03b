using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Monitoring;

/// <summary>When a page is due again, seen from one of its links.</summary>
internal static class NextCheck
{
    /// <summary>
    /// The project's interval; sooner while a finding waits for its confirmation, or when the page could not be observed. Never before the
    /// time that the site asked for.
    /// </summary>
    public static DateTimeOffset For(TrackingResult result, TimeSpan checkEvery, Observation observation, MonitoringOptions options)
    {
        var ordinary = observation.CheckedAt + Shorter(checkEvery, RetryFor(result.Status, observation, options));
        var wanted = result.RecheckAt is { } recheck && recheck < ordinary ? recheck : ordinary;
        var allowed = observation.CheckedAt + (observation.RetryAfter ?? TimeSpan.Zero);
        return wanted > allowed ? wanted : allowed;
    }

    /// <summary>
    /// When a link wants its next check, by what is stored of it alone: what its page's other links, its host and its site ask for is not
    /// in it. A link that was never checked wants it since it was registered.
    /// </summary>
    public static DateTimeOffset Planned(WatchedLink link, Project project, MonitoringOptions options)
    {
        var status = link.Status;
        if (status.LastCheckedAt is not { } last)
            return link.CreatedAt;
        var ordinary = last + Shorter(project.CheckEvery, RetryFor(status, status.LastOutcome == CheckOutcome.OurFault, options));
        return RecheckSchedule.Next(status, project.Confirmation) is { } recheck && recheck < ordinary ? recheck : ordinary;
    }

    private static TimeSpan RetryFor(LinkStatus status, Observation observation, MonitoringOptions options) =>
        RetryFor(status, observation.Kind == ObservationKind.OurFault, options);

    private static TimeSpan RetryFor(LinkStatus status, bool isOurFault, MonitoringOptions options) => status switch
    {
        _ when isOurFault => options.RetryOurFault,
        { UnobservedSince: null } => TimeSpan.MaxValue,
        { State: LinkState.Pending } => options.RetryPending,
        _ => options.RetryUnobserved,
    };

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
