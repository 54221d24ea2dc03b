namespace LinkMonitor.Alerts.Telling;

/// <summary>The time that one run of a function may take. It is looked at before each piece of work; what is left goes on with the next message.</summary>
internal sealed class RunBudget(TimeProvider time, TimeSpan length)
{
    private readonly long _start = time.GetTimestamp();

    /// <summary>Nothing when it is spent.</summary>
    public TimeSpan Left => length - time.GetElapsedTime(_start) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    public bool IsSpent => time.GetElapsedTime(_start) >= length;
}
