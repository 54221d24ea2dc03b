using System.ComponentModel.DataAnnotations;
using System.Globalization;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Mail;
using LinkMonitor.Storage.Alerts;

namespace LinkMonitor.Alerts.Planning;

/// <summary>When changes are reported, and who is notified of what goes wrong.</summary>
public sealed class AlertOptions : IValidatableObject
{
    public const string Section = "LinkMonitor:Alerts";

    private const string Schedule = "00:00:05 00:05:00 00:30:00 02:00:00 05:00:00 10:00:00 14:00:00 20:00:00 1.00:00:00";
    private static readonly char[] Separators = [' ', ',', ';'];

    /// <summary>
    /// From the newest change of a cause to its alert: while more come, it waits, so that they come in one mail. 0 to 1 hour, 30 seconds by
    /// default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan GroupingDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest wait of a change of one link or one page. 0 to 1 day, 5 minutes by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan MaxGroupingDelay { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The longest wait where many pages have one cause (a host, a target, a vendor), as a host's pages are checked one after the other. 0
    /// to 1 day, 30 minutes by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan MaxSharedGroupingDelay { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Between two alerts of one cause. 0 to 1 day, 5 minutes by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan GroupInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>A link with more changes than this within <see cref="FlappingWindow"/> is unstable. 1 to 100, 4 by default.</summary>
    [Range(1, 100)]
    public int FlappingChanges { get; set; } = 4;

    /// <summary>
    /// In which changes are counted, and how long an unstable link must keep its state to be settled. 1 hour to 30 days, 1 day by default.
    /// </summary>
    [Range(typeof(TimeSpan), "01:00:00", "30.00:00:00")]
    public TimeSpan FlappingWindow { get; set; } = TimeSpan.FromDays(1);

    /// <summary>
    /// How long one message may be worked on; what is left then continues with the next. Longer than one sending may take, and shorter than
    /// <see cref="Lease"/>. 10 seconds to 9 minutes, 3 minutes by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:10", "00:09:00")]
    public TimeSpan RunBudget { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>How long one worker has a project's alerts for itself. 1 minute to 1 hour, 10 minutes by default.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "01:00:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// The pauses after the first failed attempt, the second and so on, separated by spaces; the last one counts for all further attempts.
    /// As https://www.standardwebhooks.com/ has it by default. Each 1 second to 7 days.
    /// </summary>
    [Required]
    public string RetrySchedule { get; set; } = Schedule;

    /// <summary>
    /// After this a delivery that only ever failed is given up and kept as failed. 1 hour to 14 days, 75 hours by default.
    /// </summary>
    [Range(typeof(TimeSpan), "01:00:00", "14.00:00:00")]
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromHours(75);

    /// <summary>
    /// Who runs the installation: e-mail addresses, separated by spaces or commas. Notices go there; without any they are only logged and
    /// listed.
    /// </summary>
    public string? Operators { get; set; }

    internal IReadOnlyList<TimeSpan> RetryDelays =>
        [.. Split(RetrySchedule).Select(text => TimeSpan.Parse(text, CultureInfo.InvariantCulture))];

    internal IReadOnlyList<string> OperatorAddresses => [.. Split(Operators).Distinct(StringComparer.OrdinalIgnoreCase)];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Split(RetrySchedule).Length == 0 || Split(RetrySchedule).Any(text => !IsDelay(text)))
            yield return new ValidationResult(
                "Give durations of 1 second to 7 days, separated by spaces, for example 00:00:05 00:05:00.", [nameof(RetrySchedule)]);
        if (RunBudget >= Lease)
            yield return new ValidationResult(
                $"It is {RunBudget} and must be shorter than {Section}:{nameof(Lease)}, {Lease}: another worker would send the same.",
                [nameof(RunBudget)]);
        if (Split(Operators).FirstOrDefault(address => !EmailAddress.IsValid(address)) is { } wrong)
            yield return new ValidationResult($"'{wrong}' is not an ASCII e-mail address.", [nameof(Operators)]);
    }

    private static bool IsDelay(string text) =>
        TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var delay)
            && delay >= TimeSpan.FromSeconds(1)
            && delay <= TimeSpan.FromDays(7);

    private static string[] Split(string? text) =>
        (text ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>
/// Mends the times of what alerts remember, where a clock that was ahead has left some in the future (<see cref="StoredTime"/>). Gives the
/// same instance back when all is well. Pure.
/// </summary>
internal static class AlertTimes
{
    /// <summary>
    /// The furthest ahead that a project's next attention is noted. What is due later is checked on the way, which costs a planning and
    /// finds nothing.
    /// </summary>
    public static readonly TimeSpan LongestWake = TimeSpan.FromDays(8);

    /// <summary>Longer than any pause between two attempts, and than any quiet time.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromDays(8);

    /// <summary>
    /// A cause from the future is forgotten: at worst it is reported again too soon. A digest from the future reaches until now.
    /// </summary>
    public static AlertPlan Mend(AlertPlan plan, AlertOptions options, DateTimeOffset now)
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
    public static Alert Mend(Alert alert, AlertOptions options, DateTimeOffset now)
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
        return nudgeAt == work.NudgeAt && workingUntil == work.WorkingUntil
            ? work
            : work with { NudgeAt = nudgeAt, WorkingUntil = workingUntil };
    }

    private static Delivery Mend(Delivery delivery, DateTimeOffset now)
    {
        if (delivery.State != DeliveryState.Waiting)
            return delivery;
        var next = delivery.NextAttemptAt is { } at ? StoredTime.Due(at, LongestPause, now) : (DateTimeOffset?)null;
        var first = delivery.FirstAttemptAt is { } tried ? StoredTime.Happened(tried, now) : (DateTimeOffset?)null;
        return next == delivery.NextAttemptAt && first == delivery.FirstAttemptAt
            ? delivery
            : delivery with { NextAttemptAt = next, FirstAttemptAt = first };
    }
}
