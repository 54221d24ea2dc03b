using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace LinkMonitor.Storage.Border;

/// <summary>
/// Which answers are worth a second try: overload, timeouts and broken connections, but never a refusal. Said here for tables and queues alike, so
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
