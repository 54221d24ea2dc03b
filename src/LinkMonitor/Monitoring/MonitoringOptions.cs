using System.ComponentModel.DataAnnotations;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Monitoring;

/// <summary>How pages are rechecked.</summary>
public sealed class MonitoringOptions : IValidatableObject
{
    public const string Section = "LinkMonitor:Monitoring";

    /// <summary>
    /// How long a host's pages count as being checked before somebody else continues with them: longer than the slowest check and the
    /// queue's own retries. 1 minute to 1 day, 15 minutes by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// How long one round of a page may take in all; what is left then goes on in another. 30 seconds to 12 hours, 8 minutes by default:
    /// shorter than
    /// <see cref="Lease"/> and than the time limit of a function.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:30", "12:00:00")]
    public TimeSpan RoundBudget { get; set; } = TimeSpan.FromMinutes(8);

    /// <summary>Between two requests to one host. 0 to 1 hour, 1 second by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan HostPause { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How many due pages one message of the queue is for: of one host one after the other, while its pause is at most 2 seconds, and of
    /// different hosts side by side. 1 to 32, 8 by default; more is cheaper, fewer spreads the pages over more instances.
    /// </summary>
    [Range(1, 32)]
    public int PagesPerMessage { get; set; } = 8;

    /// <summary>For one check, name look-up, redirects and body included. 1 second to 5 minutes, 30 seconds by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest page, in bytes after decompression. 65,536 to 268,435,456, 16,777,216 (16 MiB) by default.</summary>
    [Range(64 * 1024, 256 * 1024 * 1024)]
    public int MaxBodyBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>
    /// The memory for pages in flight, all fetches together, in bytes. 33,554,432 to 8,589,934,592, 268,435,456 (256 MiB) by default.
    /// </summary>
    [Range(32L * 1024 * 1024, 8L * 1024 * 1024 * 1024)]
    public long PageMemoryBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>
    /// The first check of a page that could not be observed is repeated after this. 1 minute to 30 days, 1 hour by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan RetryPending { get; set; } = TimeSpan.FromHours(1);

    /// <summary>A later check that could not observe the page is repeated after this. 1 minute to 30 days, 6 hours by default.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan RetryUnobserved { get; set; } = TimeSpan.FromHours(6);

    /// <summary>A check that failed through our own fault is repeated after this. 1 minute to 1 day, 15 minutes by default.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan RetryOurFault { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// An e-mail address or a URL that site owners can turn to, reported in the User-Agent of every request. None by default; at most 200
    /// characters.
    /// </summary>
    [RegularExpression(
        "[!-'*-~]{1,200}", ErrorMessage = "Use an e-mail address or a URL: at most 200 ASCII characters without spaces and parentheses.")]
    public string? Contact { get; set; }

    /// <summary>
    /// A page whose site says that it has not changed is still read in full at least this often. 0 to 30 days, 7 days by default; 0
    /// reads every page in full at every check.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan FullFetchEvery { get; set; } = TimeSpan.FromDays(7);

    /// <summary>
    /// How long one round of a page may fetch the targets of its links; those that are left have their turn first in the next one. 1
    /// second to 12 hours, shorter than <see cref="RoundBudget"/>; 5 minutes by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "12:00:00")]
    public TimeSpan TargetBudget { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Lets checks go to addresses that are not public. For tests and intranets; false by default.</summary>
    public bool AllowPrivateNetworks { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (TargetBudget >= RoundBudget)
            yield return new ValidationResult(
                $"A round may check targets for {TargetBudget}, which must be shorter than the {RoundBudget} that it may take in all "
                    + $"(RoundBudget).",
                [nameof(TargetBudget)]);
        if (RoundBudget + Deadline >= Lease)
            yield return new ValidationResult(
                $"A round may take {RoundBudget}, and its last request {Deadline} (Deadline): together they must be shorter than the lease "
                    + $"of {Lease} (Lease).",
                [nameof(RoundBudget)]);
    }
}

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
