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

/// <summary>
/// What a stored time is worth against the clock of now. A clock that was once days ahead has left times behind that lie in the future;
/// believed, they would stop everything until they come. The rule is here, and here only.
/// </summary>
public static class StoredTime
{
    /// <summary>So far may the clocks of two machines be apart.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>Whether the time of something that has happened can only be from a wrong clock.</summary>
    public static bool IsFromFuture(DateTimeOffset happened, DateTimeOffset now) => happened - now > Tolerance;

    /// <summary>The time at which something happened; now when the stored one is from a wrong clock.</summary>
    public static DateTimeOffset Happened(DateTimeOffset stored, DateTimeOffset now) => IsFromFuture(stored, now) ? now : stored;

    /// <summary>Whether something happened within the last so long. What is from a wrong clock did not: nobody knows when it was.</summary>
    public static bool IsWithin(DateTimeOffset? happened, TimeSpan length, DateTimeOffset now) =>
        happened is { } at && !IsFromFuture(at, now) && now - at < length;

    /// <summary>Whether the time of something that is to happen is further ahead than it can ever have been set.</summary>
    /// <param name="longest">The furthest ahead that such a time is set.</param>
    public static bool IsTooFar(DateTimeOffset due, TimeSpan longest, DateTimeOffset now) =>
        due - now > Tolerance && due - now - Tolerance > longest;

    /// <summary>The time at which something is to happen; now when the stored one is from a wrong clock.</summary>
    /// <inheritdoc cref="IsTooFar"/>
    public static DateTimeOffset Due(DateTimeOffset stored, TimeSpan longest, DateTimeOffset now) =>
        IsTooFar(stored, longest, now) ? now : stored;
}
