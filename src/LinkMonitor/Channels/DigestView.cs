using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Channels;

namespace LinkMonitor.Channels;

/// <summary>When a channel gets its digest.</summary>
public sealed record DigestView
{
    public const string Daily = "daily";
    public const string Weekly = "weekly";

    /// <summary><c>daily</c> or <c>weekly</c>.</summary>
    public required string Every { get; init; }

    /// <summary>Of a weekly one: <c>monday</c> to <c>sunday</c>; null for a daily one.</summary>
    public string? Day { get; init; }

    /// <summary>Local time, for example <c>08:00</c>.</summary>
    public required string At { get; init; }

    internal static DigestView Of(DigestSchedule digest) => new()
    {
        Every = digest.Day is null ? Daily : Weekly,
        Day = digest.Day is { } day ? WireName.Of(day) : null,
        At = ClockTime.Write(digest.At),
    };
}
