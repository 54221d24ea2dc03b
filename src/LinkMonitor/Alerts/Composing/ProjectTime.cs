using System.Globalization;

namespace LinkMonitor.Alerts.Composing;

/// <summary>Writes times in a project's time zone, each with its offset, so that a forwarded mail still says when.</summary>
internal sealed class ProjectTime
{
    private readonly TimeZoneInfo _zone;

    public ProjectTime(string timeZone)
    {
        var known = TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone);
        _zone = known ? zone! : TimeZoneInfo.Utc;
        Note = known
            ? $"All times are in {WebText.Short(timeZone, 60)}."
            : $"All times are in UTC: this system does not know the project's time zone \"{WebText.Short(timeZone, 60)}\".";
    }

    /// <summary>One sentence that names the zone, and says so when it is not the wanted one.</summary>
    public string Note { get; }

    /// <summary>For example <c>Sun 1 Mar 2026, 13:00 (UTC+01:00)</c>.</summary>
    public string Write(DateTimeOffset time)
    {
        var local = TimeZoneInfo.ConvertTime(time, _zone);
        var sign = local.Offset < TimeSpan.Zero ? '-' : '+';
        var offset = local.Offset == TimeSpan.Zero ? "UTC" : string.Create(CultureInfo.InvariantCulture, $"UTC{sign}{local.Offset:hh\\:mm}");
        return string.Create(CultureInfo.InvariantCulture, $"{local:ddd d MMM yyyy, HH:mm} ({offset})");
    }

    /// <summary>For a list: <c>1 Mar 13:00</c>. The mail says elsewhere which zone that is.</summary>
    public string WriteShortly(DateTimeOffset time) =>
        string.Create(CultureInfo.InvariantCulture, $"{TimeZoneInfo.ConvertTime(time, _zone):d MMM HH:mm}");

    /// <summary>For example <c>6 hours</c>, <c>2 days</c>, <c>1 hour 5 minutes</c>: the two largest units, rounded down.</summary>
    public static string Write(TimeSpan duration)
    {
        (int Count, string Unit)[] parts = [(duration.Days, "day"), (duration.Hours, "hour"), (duration.Minutes, "minute")];
        var told = parts.Where(part => part.Count > 0).Take(2).Select(part => Count(part.Count, part.Unit)).ToList();
        return told.Count > 0 ? string.Join(' ', told) : "less than a minute";
    }

    private static string Count(int count, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {unit}{(count == 1 ? "" : "s")}");
}
