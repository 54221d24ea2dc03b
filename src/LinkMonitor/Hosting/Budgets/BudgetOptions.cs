using System.ComponentModel.DataAnnotations;

namespace LinkMonitor.Hosting.Budgets;

/// <summary>
/// How long one run of each function may take: then its token is cancelled, long before the Functions host would kill the process with
/// everything else in it.
/// <see cref="BudgetRules"/> says what they must fit.
/// </summary>
public sealed class BudgetOptions
{
    public const string Section = "LinkMonitor:Budgets";

    /// <summary>One message of <c>page-checks</c>. 10 seconds to 1 hour, 9 minutes by default.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan CheckPage { get; set; } = TimeSpan.FromMinutes(9);

    /// <summary>One message of <c>alerts</c>. 10 seconds to 1 hour, 8 minutes by default.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan SendAlerts { get; set; } = TimeSpan.FromMinutes(8);

    /// <summary>
    /// One message of <c>imports</c>, which ends on its own after 3 minutes and goes on with the next. 3.5 minutes to 1 hour, 4 minutes by
    /// default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:03:30", "01:00:00")]
    public TimeSpan ImportLinks { get; set; } = TimeSpan.FromMinutes(4);

    /// <summary>One round of the schedule. 10 seconds to 1 hour, 4 minutes by default.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan ScheduleChecks { get; set; } = TimeSpan.FromMinutes(4);

    /// <summary>One sweep of alerts. 10 seconds to 1 hour, 8 minutes by default.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan SweepAlerts { get; set; } = TimeSpan.FromMinutes(8);

    /// <summary>
    /// One run of the purge of deleted projects, or of data past its retention, which ends on its own after 3 minutes. 3.5
    /// minutes to 1 hour, 4 minutes by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:03:30", "01:00:00")]
    public TimeSpan PurgeProjects { get; set; } = TimeSpan.FromMinutes(4);

    /// <summary>
    /// One look of the watchdog, one look for times of a wrong clock, or one message of a poison queue: a handful of requests. 10 seconds
    /// to 1 hour, 1 minute by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan Small { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The budgets by setting.</summary>
    internal IEnumerable<(string Setting, TimeSpan Budget)> All =>
    [
        (Name(nameof(CheckPage)), CheckPage),
        (Name(nameof(SendAlerts)), SendAlerts),
        (Name(nameof(ImportLinks)), ImportLinks),
        (Name(nameof(ScheduleChecks)), ScheduleChecks),
        (Name(nameof(SweepAlerts)), SweepAlerts),
        (Name(nameof(PurgeProjects)), PurgeProjects),
        (Name(nameof(Small)), Small),
    ];

    /// <summary>The budget of a function.</summary>
    /// <exception cref="ArgumentException">The function has none; a test sees to it that each has.</exception>
    internal TimeSpan Of(string function) => function switch
    {
        nameof(CheckPage) => CheckPage,
        nameof(SendAlerts) => SendAlerts,
        nameof(ImportLinks) => ImportLinks,
        nameof(ScheduleChecks) => ScheduleChecks,
        nameof(SweepAlerts) => SweepAlerts,
        nameof(PurgeProjects) or "PurgeHistory" => PurgeProjects,
        "CheckPagePoison" or "SendAlertsPoison" or "ImportLinksPoison" or "SweepImports" or "WatchSchedule" or "MendTimes" => Small,
        _ => throw new ArgumentException(
            $"The function {function} has no budget: give it one in {nameof(BudgetOptions)}.", nameof(function)),
    };

    internal static string Name(string property) => $"{Section}:{property}";
}
