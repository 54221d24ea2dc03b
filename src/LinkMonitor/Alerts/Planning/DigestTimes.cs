using LinkMonitor.Engine.Clocks;
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
        var zone = LocalTimes.Find(channel.TimeZone ?? project.TimeZone);
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
        var zone = LocalTimes.Find(channel.TimeZone ?? project.TimeZone);
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
