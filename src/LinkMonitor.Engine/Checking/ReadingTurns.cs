namespace LinkMonitor.Engine.Checking;

/// <summary>
/// Reads one page per core at a time, in this process: more would only share the cores, and hold the memory of all at once. A large page,
/// whose tree may take a hundred times its length, is read alone. Those that wait hold their bodies and nothing else, so the memory for
/// bodies in flight bounds how many there are.
/// </summary>
internal static class ReadingTurns
{
    /// <summary>In bytes; a page beyond it is read alone.</summary>
    public const int Large = 1024 * 1024;

    private static readonly SemaphoreSlim Turns = new(Most);
    private static readonly SemaphoreSlim Alone = new(1);

    /// <summary>How many pages are read at a time.</summary>
    public static int Most => Environment.ProcessorCount;

    /// <param name="length">How long the page is, in bytes.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled before the turn came.</exception>
    public static Task<T> RunAsync<T>(Func<T> read, int length, CancellationToken cancellationToken) =>
        length > Large ? RunAloneAsync(read, cancellationToken) : RunOneAsync(read, cancellationToken);

    private static async Task<T> RunOneAsync<T>(Func<T> read, CancellationToken cancellationToken)
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

    // Who takes all turns takes them one by one, and is the only one who does.
    private static async Task<T> RunAloneAsync<T>(Func<T> read, CancellationToken cancellationToken)
    {
        await Alone.WaitAsync(cancellationToken);
        var taken = 0;
        try
        {
            for (; taken < Most; taken++)
                await Turns.WaitAsync(cancellationToken);
            return read();
        }
        finally
        {
            // What is left of it is garbage of hundreds of megabytes, which the next one should not come on top of.
            if (taken == Most)
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
            if (taken > 0)
                Turns.Release(taken);
            Alone.Release();
        }
    }
}
