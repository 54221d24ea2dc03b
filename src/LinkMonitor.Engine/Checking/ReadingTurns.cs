namespace LinkMonitor.Engine.Checking;

/// <summary>
/// Reads one page per core at a time, in this process: more would only share the cores, and hold the memory of all at once. Those that wait
/// hold their bodies, so the memory for bodies in flight bounds how many there are.
/// </summary>
internal static class ReadingTurns
{
    private static readonly SemaphoreSlim Turns = new(Most);

    /// <summary>How many pages are read at a time.</summary>
    public static int Most => Environment.ProcessorCount;

    /// <exception cref="OperationCanceledException">The token was cancelled before the turn came.</exception>
    public static async Task<T> RunAsync<T>(Func<T> read, CancellationToken cancellationToken)
    {
        await Turns.WaitAsync(cancellationToken);
        try
        {
            return read();
        }
        finally
        {
            Turns.Release();
        }
    }
}
