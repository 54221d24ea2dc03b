namespace LinkMonitor.Engine.Clocks;

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
