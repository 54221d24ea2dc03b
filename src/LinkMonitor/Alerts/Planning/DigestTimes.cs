using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Alerts.Planning;

/// <summary>When a channel's digests are due.</summary>
internal static class DigestTimes
{
    private const int DaysOfWeek = 7;

    /// <summary>The first time after <paramref name="after"/>.</summary>
    public static DateTimeOffset Next(Channel channel, DigestSchedule schedule, Project project, DateTimeOffset after)
    {
        var zone = LocalTimes.Zone(channel.TimeZone, project.TimeZone);
        for (var day = LocalTimes.Day(after, zone); ; day = day.AddDays(1))
        {
            if (schedule.Day is not { } wanted || day.DayOfWeek == wanted)
            {
                if (LocalTimes.At(day, schedule.At, zone) is var at && at > after)
                    return at;
            }
        }
    }

    /// <summary>The last time at or before <paramref name="now"/>; null when there was none after <paramref name="since"/>.</summary>
    public static DateTimeOffset? Last(Channel channel, DigestSchedule schedule, Project project, DateTimeOffset since, DateTimeOffset now)
    {
        var zone = LocalTimes.Zone(channel.TimeZone, project.TimeZone);
        var today = LocalTimes.Day(now, zone);
        for (var day = today; day >= today.AddDays(-DaysOfWeek); day = day.AddDays(-1))
        {
            if (schedule.Day is { } wanted && day.DayOfWeek != wanted)
                continue;
            if (LocalTimes.At(day, schedule.At, zone) is var at && at <= now)
                return at > since ? at : null;
        }

        return null;
    }
}

/// <summary>
/// Local times of day as points in time. A time that a day does not have is taken when the clocks have moved; one that it has twice, at its
/// first.
/// </summary>
internal static class LocalTimes
{
    // No zone ever skipped more at once than the whole day that Samoa left out.
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(1);

    /// <summary>The zone; the project's where the channel has none of its own, UTC where this system does not know it.</summary>
    public static TimeZoneInfo Zone(string? ofChannel, string ofProject) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(ofChannel ?? ofProject, out var zone) ? zone : TimeZoneInfo.Utc;

    public static DateTimeOffset At(DateOnly day, TimeOnly time, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(time);
        if (zone.IsInvalidTime(local))
            local = AfterGap(local, zone);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    public static DateOnly Day(DateTimeOffset now, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);

    // The first whole minute after the gap: transitions are at whole minutes.
    private static DateTime AfterGap(DateTime local, TimeZoneInfo zone)
    {
        local = new DateTime(local.Ticks - (local.Ticks % Step.Ticks), DateTimeKind.Unspecified);
        while (zone.IsInvalidTime(local))
            local += Step;
        return local;
    }
}
