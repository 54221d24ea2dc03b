using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Alerts.Planning;

/// <summary>When a channel may be disturbed.</summary>
internal static class QuietTime
{
    /// <summary>The first time at or after <paramref name="at"/> that is outside of the channel's quiet hours.</summary>
    public static DateTimeOffset End(Channel channel, Project project, DateTimeOffset at)
    {
        if (channel.Quiet is not { } quiet)
            return at;

        // The hours that began yesterday may go over midnight.
        var zone = LocalTimes.Zone(channel.TimeZone, project.TimeZone);
        var today = LocalTimes.Day(at, zone);
        for (var day = today.AddDays(-1); day <= today; day = day.AddDays(1))
        {
            var from = LocalTimes.At(day, quiet.From, zone);
            var to = LocalTimes.At(quiet.To > quiet.From ? day : day.AddDays(1), quiet.To, zone);
            if (from <= at && at < to)
                return to;
        }

        return at;
    }
}
