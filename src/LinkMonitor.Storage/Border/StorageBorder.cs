using Azure;
using Azure.Data.Tables.Models;
using Azure.Identity;
using Azure.Storage.Queues.Models;

namespace LinkMonitor.Storage.Border;

/// <summary>Where the exceptions of the storage clients become <see cref="StorageFailureException"/>; none of them goes further.</summary>
internal static class StorageBorder
{
    /// <exception cref="StorageFailureException">The storage failed; nothing else is translated.</exception>
    public static async Task<T> CrossAsync<T>(Task<T> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call;
        }
        catch (Exception exception) when (Translate(exception, cancellationToken) is { } failure)
        {
            throw failure;
        }
    }

    /// <summary>
    /// What goes on into our code in the place of a client's exception. Null when that is no failure of the storage: a bug, or the stop
    /// that
    /// <paramref name="cancellationToken"/> asked for.
    /// </summary>
    public static Exception? Translate(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        RequestFailedException failure => Of(failure, failure),
        // A stop during a later try is summed up with the tries before it.
        AggregateException { InnerExceptions: [.., OperationCanceledException stop] } when cancellationToken.IsCancellationRequested =>
            new OperationCanceledException(stop.Message, stop, cancellationToken),
        // The pipeline sums up its tries in one of these; the last says how it ended.
        AggregateException { InnerExceptions: [.., var last] tries } summary
            when tries.All(attempt => IsFailedTry(attempt, cancellationToken)) =>
            last is RequestFailedException failure ? Of(failure, summary) : NoAnswer(last, summary),
        _ when IsFailedTry(exception, cancellationToken) => NoAnswer(exception, exception),
        _ => null,
    };

    private static bool IsFailedTry(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        RequestFailedException or IOException or AuthenticationFailedException => true,
        // The client's own network timeout, not a request to stop.
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        _ => false,
    };

    private static StorageFailureException Of(RequestFailedException failure, Exception whole) =>
        new(Kind(failure), failure.Status, FirstLine(failure), whole);

    private static StorageFailureException NoAnswer(Exception last, Exception whole) =>
        new(StorageFailureKind.NoAnswer, 0, FirstLine(last), whole);

    private static StorageFailureKind Kind(RequestFailedException failure) => failure.Status switch
    {
        0 => StorageFailureKind.NoAnswer,
        401 or 403 => StorageFailureKind.Denied,
        404 when failure.ErrorCode == TableErrorCode.TableNotFound || failure.ErrorCode == QueueErrorCode.QueueNotFound =>
            StorageFailureKind.NotCreated,
        _ => StorageFailureKind.Failed,
    };

    // What follows are the headers of the answer.
    private static string FirstLine(Exception exception) => exception.Message.Split('\n')[0].Trim();
}

/// <summary>
/// The storage does not answer, or refuses: the one exception in which every room learns of it. Nothing is known of a write that ended so;
/// making the
/// same call again is safe.
/// </summary>
public sealed class StorageFailureException : Exception
{
    public StorageFailureException() : base("The storage failed.")
    {
    }

    public StorageFailureException(string message) : base(message)
    {
    }

    public StorageFailureException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <param name="message">One line; holds no secret.</param>
    public StorageFailureException(StorageFailureKind kind, int status, string message, Exception? innerException)
        : base(message, innerException) => (Kind, Status) = (kind, status);

    public StorageFailureKind Kind { get; } = StorageFailureKind.Failed;

    /// <summary>The HTTP status of the last try; 0 when no answer came.</summary>
    public int Status { get; }
}

/// <summary>How the storage failed us.</summary>
public enum StorageFailureKind
{
    /// <summary>No answer came in any of the tries, or no token to ask with.</summary>
    NoAnswer,

    /// <summary>It does not accept our credentials (401, 403).</summary>
    Denied,

    /// <summary>The table or the queue itself is not there. Never said of a row or a message.</summary>
    NotCreated,

    /// <summary>It answered, but not as it should, in every try.</summary>
    Failed,
}
