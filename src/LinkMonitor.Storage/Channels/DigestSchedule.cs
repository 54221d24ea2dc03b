namespace LinkMonitor.Storage.Channels;

/// <summary>When a channel gets its digest, in the channel's time zone.</summary>
/// <param name="Day">The day of a weekly digest; null for a daily one.</param>
/// <param name="At">Local time. A time that a day does not have (the clocks go forward) is taken when the clocks have moved; one that it has twice, at its first.</param>
public sealed record DigestSchedule(DayOfWeek? Day, TimeOnly At);
