namespace LinkMonitor.Alerts.Telling;

/// <summary>The earliest of the times that several workers come back with.</summary>
internal sealed class NextTime
{
    private readonly Lock _lock = new();

    /// <summary>Null when nothing is to be done again.</summary>
    public DateTimeOffset? At { get; private set; }

    public void Take(DateTimeOffset? at)
    {
        lock (_lock)
            At = at is null || At < at ? At : at;
    }
}
