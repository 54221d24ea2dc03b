namespace LinkMonitor.Storage.Writing;

/// <summary>Waits between attempts at a row that many write at once.</summary>
public static class Contention
{
    /// <summary>
    /// Attempts before giving up. In every round of attempts somebody wins, and most of those who lose have nothing left to do.
    /// </summary>
    public const int MaxAttempts = 20;

    private const int FirstDelayMilliseconds = 5;
    private const int MaxDelayMilliseconds = 500;

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
