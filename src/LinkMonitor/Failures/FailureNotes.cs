using LinkMonitor.Storage.Failures;
using LinkMonitor.Storage.Queues;
using LinkMonitor.Telemetry;

namespace LinkMonitor.Failures;

/// <summary>Remembers why a message failed, as the poison queue does not say, and keeps it when it failed for good.</summary>
internal sealed partial class FailureNotes(IFailureStore failures, ProductMeter meter, TimeProvider time, ILogger<FailureNotes> logger)
{
    /// <summary>Runs the work of a message; a failure is noted and thrown on, so that the queue delivers the message again.</summary>
    public async Task WatchAsync(string queue, string message, Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            await NoteAsync(queue, message, e, cancellationToken);
            throw;
        }
    }

    /// <summary>The same around work with a budget: what it throws when that is used up nobody within it could note.</summary>
    public async Task WatchBudgetAsync(string queue, string message, Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work();
        }
        catch (BudgetSpentException e) when (!cancellationToken.IsCancellationRequested)
        {
            await NoteAsync(queue, message, e, cancellationToken);
            throw;
        }
    }

    /// <summary>Keeps a message of a poison queue where <c>/api/v1/failures</c> shows it and puts it back.</summary>
    /// <param name="queue">The queue it failed in, without the suffix of the poison queue.</param>
    public async Task KeepAsync(string queue, string message, CancellationToken cancellationToken)
    {
        await failures.RecordAsync(queue, MessageNotes.Strip(message), time.GetUtcNow(), cancellationToken);
        meter.SetAside(queue);
    }

    /// <summary>When even the note fails, as with a storage that is down, the log has both and the first failure goes on.</summary>
    private async Task NoteAsync(string queue, string message, Exception failure, CancellationToken cancellationToken)
    {
        try
        {
            await failures.NoteAttemptAsync(
                queue, MessageNotes.Strip(message), $"{failure.GetType().Name}: {failure.Message}", time.GetUtcNow(), cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Log.NoteFailed(logger, queue, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "A failed message of {Queue} could not be noted.")]
        public static partial void NoteFailed(ILogger logger, string queue, Exception exception);
    }
}

/// <summary>A run of a function did not end within its budget and was cancelled.</summary>
public sealed class BudgetSpentException : Exception
{
    public BudgetSpentException() : base("A function did not end within its budget.")
    {
    }

    public BudgetSpentException(string message) : base(message)
    {
    }

    public BudgetSpentException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
