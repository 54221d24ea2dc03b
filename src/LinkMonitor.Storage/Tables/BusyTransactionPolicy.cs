using Azure.Core;
using Azure.Core.Pipeline;

namespace LinkMonitor.Storage.Tables;

/// <summary>
/// A transaction is answered 202 whatever happened in it, so a busy service shows only inside. Turned into an exception here, between the
/// retry policy and the buffered answer, it is tried again like any other 503.
/// </summary>
internal sealed class BusyTransactionPolicy : HttpPipelineSynchronousPolicy
{
    public override void OnReceivedResponse(HttpMessage message)
    {
        var response = message.Response;
        if (response.Status == BatchReply.Accepted
            && BatchReply.Failure(BatchReply.Parse(response)) is { } failure
            && TableResponseClassifier.IsPassing(failure.Status))
            throw BatchReply.Failed(failure, TransactionLimits.MaxActions);
    }
}
