using Azure;
using Azure.Core;

namespace LinkMonitor.Storage.Tables;

/// <summary>Which answers are worth a second try: overload, timeouts and broken connections, but never a refusal.</summary>
internal sealed class TableResponseClassifier : ResponseClassifier
{
    public static TableResponseClassifier Instance { get; } = new();

    public static bool IsPassing(int status) => status is 408 or 429 or 500 or 502 or 503 or 504;

    public override bool IsRetriableResponse(HttpMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return IsPassing(message.Response.Status);
    }

    // Azure.Core wraps what HttpClient throws (connection refused, reset, TLS) in a RequestFailedException with status 0;
    // a busy service inside a transaction comes from BusyTransactionPolicy.
    public override bool IsRetriableException(Exception exception) =>
        exception is IOException or RequestFailedException { Status: 0 }
        || (exception is TableTransactionFailedException failure && IsPassing(failure.Status));

    public override bool IsErrorResponse(HttpMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message.Response.Status is < 200 or >= 300;
    }
}
