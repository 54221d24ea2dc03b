using System.Globalization;

namespace LinkMonitor.Storage.Watching;

/// <summary>A time in which pages were due and nothing was done about it. The latest one is kept.</summary>
public sealed record Stall
{
    /// <summary><c>stl_</c> and the time since when.</summary>
    public required string Id { get; init; }

    /// <summary>Since when the longest overdue page, or message of a check, waits.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it was noticed.</summary>
    public required DateTimeOffset NoticedAt { get; init; }

    /// <summary>When the schedule had caught up; null while it has not.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The version that was read; null for one that is not stored yet.</summary>
    public string? ETag { get; init; }

    /// <summary>A stall that was just noticed.</summary>
    public static Stall Begin(DateTimeOffset since, DateTimeOffset now) => new()
    {
        Id = "stl_" + since.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture),
        Since = since,
        NoticedAt = now,
    };
}
