namespace LinkMonitor.Storage.Writing;

/// <summary>The one retry of what reads a row that many write at once and writes it over the version that was read.</summary>
public static class Contention
{
    /// <summary>
    /// Attempts before giving up. In every round of attempts somebody wins, and most of those who lose have nothing left to do.
    /// </summary>
    public const int MaxAttempts = 20;

    private const int FirstDelayMilliseconds = 5;
    private const int MaxDelayMilliseconds = 500;

    /// <summary>Tries until it is done, or was tried often enough, with pauses that grow.</summary>
    /// <param name="attempt">Reads, decides and writes; true when there is nothing left to do, false when others wrote meanwhile.</param>
    /// <returns>Whether it is done; false when others wrote at each of <see cref="MaxAttempts"/> attempts.</returns>
    public static async Task<bool> TryAsync(Func<Task<bool>> attempt, CancellationToken cancellationToken)
    {
        for (var failed = 1; !await attempt(); failed++)
        {
            if (failed == MaxAttempts)
                return false;
            await WaitAsync(failed, cancellationToken);
        }

        return true;
    }

    /// <summary>As <see cref="TryAsync"/>, for what must be done.</summary>
    /// <param name="row">What is written, at the beginning of a sentence, for example <c>Link lnk_…</c>.</param>
    /// <param name="attempt">As there.</param>
    /// <exception cref="ContentionException">Others wrote at every attempt.</exception>
    public static async Task RunAsync(string row, Func<Task<bool>> attempt, CancellationToken cancellationToken)
    {
        if (!await TryAsync(attempt, cancellationToken))
            throw new ContentionException($"{row} was written by others at each of {MaxAttempts} attempts.");
    }

    /// <summary>As <see cref="RunAsync"/>, for what comes to a result.</summary>
    /// <param name="row">As there.</param>
    /// <param name="attempt">Null when others wrote meanwhile.</param>
    /// <exception cref="ContentionException">Others wrote at every attempt.</exception>
    public static async Task<T> GetAsync<T>(string row, Func<Task<T?>> attempt, CancellationToken cancellationToken) where T : class
    {
        T? result = null;
        await RunAsync(row, async () => (result = await attempt()) is not null, cancellationToken);
        return result!;
    }

    /// <summary>A random time of at most 5 ms after the first attempt, doubled after each further one up to half a second.</summary>
    /// <param name="attempt">How many attempts failed so far, 1 or more.</param>
    public static Task WaitAsync(int attempt, CancellationToken cancellationToken)
    {
        var limit = Math.Min(MaxDelayMilliseconds, FirstDelayMilliseconds << Math.Min(attempt - 1, 10));

        // Real time, as in the retries of the HTTP pipeline: it waits for other writers, not for the schedule.
        return Task.Delay(Jitter(limit), TimeProvider.System, cancellationToken);
    }

    // Not a secret: it only keeps those who wait from meeting again.
    private static TimeSpan Jitter(int limitMilliseconds) =>
        TimeSpan.FromMilliseconds(System.Security.Cryptography.RandomNumberGenerator.GetInt32(limitMilliseconds + 1));
}

/// <summary>A row was written by others at every one of many attempts. Nothing was lost: the same call may be made again later.</summary>
public sealed class ContentionException : Exception
{
    public ContentionException() : base("The row was written by others at every attempt.")
    {
    }

    public ContentionException(string message) : base(message)
    {
    }

    public ContentionException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
