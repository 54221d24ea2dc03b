namespace LinkMonitor.Storage.Channels;

/// <summary>The part of each day in which nothing is sent at once; what comes then is sent when it ends.</summary>
/// <param name="From">Local time in the channel's time zone, included.</param>
/// <param name="To">Local time, not included; before <paramref name="From"/> when the hours go over midnight. Never equal to it.</param>
public sealed record QuietHours(TimeOnly From, TimeOnly To);
