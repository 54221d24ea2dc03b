namespace LinkMonitor.Engine.Clocks;

/// <summary>Work that gets so much time and no more, also when what it waits for never comes and does not heed a stop.</summary>
public static class Bounded
{
    /// <param name="most">More than zero.</param>
    /// <exception cref="TimeoutException">The time was over.</exception>
    public static async Task RunAsync(
        Func<CancellationToken, Task> work, TimeSpan most, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        using var end = new CancellationTokenSource(most, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, end.Token);
        try
        {
            await work(either.Token).WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"It took longer than {most}.");
        }
    }

    /// <summary>As <see cref="RunAsync"/>, for one of many pieces of work that must not stop the others.</summary>
    /// <param name="work">As there.</param>
    /// <param name="most">As there.</param>
    /// <param name="time">As there.</param>
    /// <param name="isKept">Which failures are a result; others are thrown.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What failed, a <see cref="TimeoutException"/> when the time was over; null when nothing did.</returns>
    public static async Task<Exception?> TryAsync(
        Func<CancellationToken, Task> work,
        TimeSpan most,
        TimeProvider time,
        Func<Exception, bool> isKept,
        CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync(work, most, time, cancellationToken);
            return null;
        }
        catch (Exception failure) when (isKept(failure))
        {
            return failure;
        }
    }
}
