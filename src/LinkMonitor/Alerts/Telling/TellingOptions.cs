using System.ComponentModel.DataAnnotations;

namespace LinkMonitor.Alerts.Telling;

/// <summary>When changes are told.</summary>
public sealed class TellingOptions
{
    public const string Section = "LinkMonitor:Alerts";

    /// <summary>
    /// From a change to its alert, so that the changes of one round come in one mail. 0 to 1 hour, 30 seconds by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan GroupingDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one worker has an alert for itself. 1 minute to 1 hour, 10 minutes by default.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "01:00:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The first pause after a failed delivery; it doubles with every attempt. 1 second to 1 hour, 1 minute by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest pause between two attempts. 1 minute to 1 day, 4 hours by default.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromHours(4);

    /// <summary>After this a delivery that only ever failed is given up and kept as failed. 1 hour to 14 days, 75 hours by default.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "14.00:00:00")]
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromHours(75);
}
