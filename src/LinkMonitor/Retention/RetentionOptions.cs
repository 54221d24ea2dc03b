using System.ComponentModel.DataAnnotations;
using LinkMonitor.Engine.Tracking;

namespace LinkMonitor.Retention;

/// <summary>How long what is past is kept. Without a setting it is kept for ever. What is still to be reported is never removed.</summary>
public sealed class RetentionOptions
{
    public const string Section = "LinkMonitor:Retention";

    /// <summary>Changes and the histories of links. At least 31 days; null for ever.</summary>
    [Range(typeof(TimeSpan), "31.00:00:00", "3660.00:00:00")]
    public TimeSpan? Changes { get; set; }

    /// <summary>The texts, HTML and explanations in the evidence of changes; the rest of it stays with the change. At least 31 days; null for ever.</summary>
    [Range(typeof(TimeSpan), "31.00:00:00", "3660.00:00:00")]
    public TimeSpan? Evidence { get; set; }

    /// <summary>Alerts that have been sent. At least 31 days; null for ever.</summary>
    [Range(typeof(TimeSpan), "31.00:00:00", "3660.00:00:00")]
    public TimeSpan? Alerts { get; set; }

    /// <summary>The marks of a link's days, in days: what refunds are claimed with. 31 to 1,100, which is the default.</summary>
    [Range(31, DayLog.MaxDays)]
    public int DayMarks { get; set; } = DayLog.MaxDays;
}
