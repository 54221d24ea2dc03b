using System.Globalization;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using LinkMonitor.Storage.Border;

namespace LinkMonitor.Storage.Tables;

/// <summary>
/// A transaction is answered 202 whatever happened in it, so a busy service shows only inside. Turned into an exception here, between the retries
/// and the buffered answer, it is tried again like any other 503. Add it per retry.
/// </summary>
internal sealed class BusyTransactionPolicy : HttpPipelineSynchronousPolicy
{
    private const int Accepted = 202;

    public override void OnReceivedResponse(HttpMessage message)
    {
        var response = message.Response;
        if (response.Status == Accepted && response.ContentStream is not null && StatusOfFirstPart(response.Content.ToMemory().Span) is { } status
            && RetryRules.IsPassing(status))
            throw new RequestFailedException(status, "The storage was too busy for a transaction, and nothing of it was written.");
    }

    // A transaction that failed has one part only, so the first tells.
    private static int? StatusOfFirstPart(ReadOnlySpan<byte> body)
    {
        var line = body.IndexOf("\nHTTP/1."u8);
        return line >= 0 && line + 13 <= body.Length
            && int.TryParse(body.Slice(line + 10, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            ? status
            : null;
    }
}
