using System.ComponentModel.DataAnnotations;

namespace LinkMonitor.Watchdog;

/// <summary>From when on what waits is late: then <c>/health</c> says <c>degraded</c>, and at last the operator is told.</summary>
public sealed class WatchdogOptions
{
    public const string Section = "LinkMonitor:Watchdog";

    /// <summary>The age of the page that is due longest. 2 minutes to 1 day, 10 minutes by default.</summary>
    [Range(typeof(TimeSpan), "00:02:00", "1.00:00:00")]
    public TimeSpan MaxDueAge { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The age of the message that waits longest on a queue. 1 minute to 1 day, 15 minutes by default.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan MaxMessageAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// The age of the change that waits longest to be told, beyond <c>LinkMonitor:Alerts:MaxSharedGroupingDelay</c>, and of the last sweep.
    /// 10 minutes to 7 days, 30 minutes by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:10:00", "7.00:00:00")]
    public TimeSpan MaxOutboxAge { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Messages on a poison queue; the handler takes them off at once. 0 to 100,000, 10 by default.</summary>
    [Range(0, 100_000)]
    public int MaxPoisoned { get; set; } = 10;

    /// <summary>
    /// So long nothing of what is due was checked before the operator is told. 5 minutes to 7 days, 30 minutes by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:05:00", "7.00:00:00")]
    public TimeSpan StalledAfter { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// How long what was seen counts, so that asking often costs nothing. 5 seconds to 10 minutes, 30 seconds by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:10:00")]
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(30);
}
