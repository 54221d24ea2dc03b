namespace LinkMonitor.Storage.Retention;

/// <summary>The oldest of several times.</summary>
internal sealed class OldestTime
{
    /// <summary>Null when none was taken.</summary>
    public DateTimeOffset? Value { get; private set; }

    /// <summary>Whether all times that were taken are known.</summary>
    public bool IsKnown { get; private set; } = true;

    /// <param name="time">Null for one that is not known.</param>
    public void Take(DateTimeOffset? time)
    {
        IsKnown &= time is not null;
        if (Value is null || time < Value)
            Value = time;
    }
}
