using System.ComponentModel.DataAnnotations;
using System.Globalization;
using LinkMonitor.Mail;

namespace LinkMonitor.Alerts.Planning;

/// <summary>When changes are told, and to whom what goes wrong.</summary>
public sealed class TellingOptions : IValidatableObject
{
    public const string Section = "LinkMonitor:Alerts";

    private const string Schedule = "00:00:05 00:05:00 00:30:00 02:00:00 05:00:00 10:00:00 14:00:00 20:00:00 1.00:00:00";
    private static readonly char[] Separators = [' ', ',', ';'];

    /// <summary>
    /// From the newest change of a cause to its alert: while more come, it waits, so that they come in one mail. 0 to 1 hour, 30 seconds by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan GroupingDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest wait of a change of one link or one page. 0 to 1 day, 5 minutes by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan MaxGroupingDelay { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The longest wait where many pages have one cause (a host, a target, a vendor), as a host's pages are checked one after the other. 0 to 1 day,
    /// 30 minutes by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan MaxSharedGroupingDelay { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Between two alerts of one cause. 0 to 1 day, 5 minutes by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan GroupInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>A link with more changes than this within <see cref="FlappingWindow"/> is unstable. 1 to 100, 4 by default.</summary>
    [Range(1, 100)]
    public int FlappingChanges { get; set; } = 4;

    /// <summary>In which changes are counted, and how long an unstable link must keep its state to be settled. 1 hour to 30 days, 1 day by default.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "30.00:00:00")]
    public TimeSpan FlappingWindow { get; set; } = TimeSpan.FromDays(1);

    /// <summary>
    /// How long one message may be worked on; what is left then goes on with the next. Longer than one sending may take, and shorter than
    /// <see cref="Lease"/>. 10 seconds to 9 minutes, 3 minutes by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:10", "00:09:00")]
    public TimeSpan RunBudget { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>How long one worker has a project's alerts for itself. 1 minute to 1 hour, 10 minutes by default.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "01:00:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// The pauses after the first failed attempt, the second and so on, separated by spaces; the last one counts for all further attempts. As
    /// https://www.standardwebhooks.com/ has it by default. Each 1 second to 7 days.
    /// </summary>
    [Required]
    public string RetrySchedule { get; set; } = Schedule;

    /// <summary>After this a delivery that only ever failed is given up and kept as failed. 1 hour to 14 days, 75 hours by default.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "14.00:00:00")]
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromHours(75);

    /// <summary>Who runs the installation: e-mail addresses, separated by spaces or commas. Notices go there; without any they are only logged and listed.</summary>
    public string? Operators { get; set; }

    internal IReadOnlyList<TimeSpan> RetryDelays => [.. Split(RetrySchedule).Select(text => TimeSpan.Parse(text, CultureInfo.InvariantCulture))];

    internal IReadOnlyList<string> OperatorAddresses => [.. Split(Operators).Distinct(StringComparer.OrdinalIgnoreCase)];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Split(RetrySchedule).Length == 0 || Split(RetrySchedule).Any(text => !IsDelay(text)))
            yield return new ValidationResult("Give durations of 1 second to 7 days, separated by spaces, for example 00:00:05 00:05:00.", [nameof(RetrySchedule)]);
        if (RunBudget >= Lease)
            yield return new ValidationResult(
                $"It is {RunBudget} and must be shorter than {Section}:{nameof(Lease)}, {Lease}: another worker would send the same.", [nameof(RunBudget)]);
        if (Split(Operators).FirstOrDefault(address => !EmailAddress.IsValid(address)) is { } wrong)
            yield return new ValidationResult($"'{wrong}' is no ASCII e-mail address.", [nameof(Operators)]);
    }

    private static bool IsDelay(string text) =>
        TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var delay) && delay >= TimeSpan.FromSeconds(1) && delay <= TimeSpan.FromDays(7);

    private static string[] Split(string? text) =>
        (text ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
