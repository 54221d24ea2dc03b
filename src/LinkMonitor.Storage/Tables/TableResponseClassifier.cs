using Azure;
using Azure.Core;

namespace LinkMonitor.Storage.Tables;

/// <summary>Which answers are worth a second try: overload, timeouts and broken connections, but never a refusal.</summary>
internal sealed class TableResponseClassifier : ResponseClassifier
{
    public static TableResponseClassifier Instance { get; } = new();

    public override bool IsRetriableResponse(HttpMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var response = message.Response;

        // A transaction is answered 202 whatever happened in it; the status that counts is inside.
        return IsRetriable(response.Status)
            || (response.Status == BatchReply.Accepted && BatchReply.FailedStatus(response) is { } inner && IsRetriable(inner));
    }

    // Azure.Core wraps what HttpClient throws (connection refused, reset, TLS) in a RequestFailedException with status 0.
    public override bool IsRetriableException(Exception exception) =>
        exception is IOException or RequestFailedException { Status: 0 };

    public override bool IsErrorResponse(HttpMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message.Response.Status is < 200 or >= 300;
    }

    private static bool IsRetriable(int status) => status is 408 or 429 or 500 or 502 or 503 or 504;
}
