using Azure;

namespace LinkMonitor.Hosting.Account;

/// <summary>Tells a storage that refuses or does not answer from a bug of ours.</summary>
internal static class StorageFailure
{
    /// <summary>
    /// The storage's last word: of one failed request, or of the retries that the pipeline sums up in an aggregate. Null when
    /// <paramref name="exception"/> is something else.
    /// </summary>
    public static RequestFailedException? Of(Exception exception) => exception switch
    {
        RequestFailedException failure => failure,
        AggregateException { InnerExceptions: [.., RequestFailedException last] tries } when tries.All(attempt => attempt is RequestFailedException) => last,
        _ => null,
    };
}
