using LinkMonitor.Storage.Channels;

namespace LinkMonitor.Channels;

/// <summary>The part of each day in which nothing is sent at once.</summary>
public sealed record QuietHoursView
{
    /// <summary>Local time, for example <c>22:00</c>.</summary>
    public required string From { get; init; }

    /// <summary>Local time, for example <c>07:00</c>; before <c>from</c> when the hours go over midnight.</summary>
    public required string To { get; init; }

    internal static QuietHoursView Of(QuietHours quiet) => new() { From = ClockTime.Write(quiet.From), To = ClockTime.Write(quiet.To) };
}
