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
}
