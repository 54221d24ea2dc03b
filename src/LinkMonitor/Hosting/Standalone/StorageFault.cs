using Azure;

namespace LinkMonitor.Hosting.Standalone;

/// <summary>Storage that does not answer, or not as it should: the loops log it and try again, where any other exception is a bug and ends the process.</summary>
internal static class StorageFault
{
    public static bool Is(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        RequestFailedException or IOException => true,
        // The client's own network timeout, not a request to stop.
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        // The client sums up its retries in one of these.
        AggregateException retries => retries.InnerExceptions.All(attempt => Is(attempt, cancellationToken)),
        _ => false,
    };
}
