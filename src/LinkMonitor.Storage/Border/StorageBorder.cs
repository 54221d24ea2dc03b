using System.Diagnostics.Metrics;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables.Models;
using Azure.Identity;
using Azure.Storage.Queues.Models;
using LinkMonitor.Storage.Telemetry;

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

/// <summary>
/// Which answers are worth a second try: overload, timeouts and broken connections, but never a refusal. Said here for tables and queues
/// alike, so
/// that a new version of a client does not change it. How often and how long is the clients' own business.
/// </summary>
internal sealed class RetryRules : HttpPipelineSynchronousPolicy
{
    public static RetryRules Instance { get; } = new();

    public static bool IsPassing(int status) => status is 408 or 429 or 500 or 502 or 503 or 504;

    public override void OnSendingRequest(HttpMessage message) => message.ResponseClassifier = new Classifier(message.ResponseClassifier);

    // What counts as an error differs from call to call (a 404 may be an answer), so that stays the client's.
    private sealed class Classifier(ResponseClassifier client) : ResponseClassifier
    {
        public override bool IsErrorResponse(HttpMessage message) => client.IsErrorResponse(message);

        public override bool IsRetriableResponse(HttpMessage message) => IsPassing(message.Response.Status);

        // What the transport throws (refused, reset, TLS) comes as a failed request without a status.
        public override bool IsRetriableException(Exception exception) =>
            exception is IOException || (exception is RequestFailedException failure && (failure.Status == 0 || IsPassing(failure.Status)));
    }
}

/// <summary>
/// Counts the requests that the storage gets, each page of a query and each further try of its own, as they are billed. Add it per retry.
/// </summary>
/// <param name="service"><c>table</c> or <c>queue</c>.</param>
internal sealed class CountedRequests(Counter<long> operations, string service) : HttpPipelineSynchronousPolicy
{
    /// <summary>The name of the counter.</summary>
    public const string Operations = "linkmonitor.storage.operations";

    private const string NoTable = "none";

    /// <summary>The property of a message that says which table it is about.</summary>
    public const string TableName = "linkmonitor.table";

    /// <returns>The counter of both services.</returns>
    public static Counter<long> CounterOf(IMeterFactory meters) => ProductTelemetry.MeterOf(meters).CreateCounter<long>(
        Operations, "{operation}", "Requests to the storage account, retries included, by service, operation, function and table.");

    public override void OnSendingRequest(HttpMessage message) => operations.Add(
        1,
        new("service", service),
        new("operation", service == "queue" ? OfQueue(message.Request) : OfTable(message.Request)),
        new("function", WorkName.Current),
        new("table", message.TryGetProperty(TableName, out var table) ? table : NoTable));

    // https://learn.microsoft.com/rest/api/storageservices/table-service-rest-api
    private static string OfTable(Request request) => request.Method.Method switch
    {
        "GET" => IsOneRow(request) ? "get" : "query",
        "POST" => request.Uri.Path.EndsWith("$batch", StringComparison.Ordinal) ? "transaction"
            : request.Uri.Path.EndsWith("Tables", StringComparison.Ordinal) ? "create" : "add",
        "PUT" => "put",
        "PATCH" or "MERGE" => "merge",
        "DELETE" => "delete",
        _ => "other",
    };

    private static bool IsOfMessages(Request request) => request.Uri.Path.Contains("/messages", StringComparison.Ordinal);

    private static bool IsOneRow(Request request) => request.Uri.Path.Contains("RowKey=", StringComparison.Ordinal);

    // https://learn.microsoft.com/rest/api/storageservices/queue-service-rest-api
    private static string OfQueue(Request request) => (request.Method.Method, IsOfMessages(request)) switch
    {
        ("GET", true) => request.Uri.Query.Contains("peekonly", StringComparison.OrdinalIgnoreCase) ? "peek" : "receive",
        ("POST", true) => "send",
        ("PUT", true) => "update",
        ("DELETE", true) => "delete",
        ("GET" or "HEAD", false) => "look",
        ("PUT", false) => "create",
        _ => "other",
    };
}
