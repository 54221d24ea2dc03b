namespace LinkMonitor.Engine.Clocks;

/// <summary>
/// Time zones, and local times as points in time. A time that a day does not have is taken when the clocks have moved; one that it has
/// twice, at its first.
/// </summary>
public static class LocalTimes
{
    // No zone ever skipped more at once than the whole day that Samoa left out, and clocks move at whole minutes.
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(1);

    /// <summary>Whether this system knows a time zone of that name (IANA).</summary>
    public static bool IsKnown(string timeZone) => TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out _);

    /// <summary>The zone; UTC where this system does not know it.</summary>
    public static TimeZoneInfo Find(string timeZone) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>The day that it is there.</summary>
    public static DateOnly Day(DateTimeOffset now, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);

    /// <summary>The day that it is in a zone of that name, as <see cref="Find"/> finds it.</summary>
    public static DateOnly Day(DateTimeOffset now, string timeZone) => Day(now, Find(timeZone));

    /// <summary>A time of a day, in UTC.</summary>
    public static DateTimeOffset At(DateOnly day, TimeOnly time, TimeZoneInfo zone) => Moment(day.ToDateTime(time), zone).ToUniversalTime();

    /// <summary>
    /// The first moment of a day, with the zone's offset: midnight, the earlier one where the clock is set back over it, and the first
    /// minute there is where it is set forward over it.
    /// </summary>
    public static DateTimeOffset Start(DateOnly day, TimeZoneInfo zone) => Moment(day.ToDateTime(TimeOnly.MinValue), zone);

    private static DateTimeOffset Moment(DateTime local, TimeZoneInfo zone)
    {
        if (zone.IsInvalidTime(local))
            local = AfterGap(local, zone);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset);
    }

    private static DateTime AfterGap(DateTime local, TimeZoneInfo zone)
    {
        local = new DateTime(local.Ticks - (local.Ticks % Step.Ticks), DateTimeKind.Unspecified);
        while (zone.IsInvalidTime(local))
            local += Step;
        return local;
    }
}
