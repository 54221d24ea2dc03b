namespace LinkMonitor.Alerts;

/// <summary>What came of sending one copy of an alert. Closed: the four cases below are all there are.</summary>
public abstract record DeliveryResult
{
    private DeliveryResult()
    {
    }

    /// <summary>The HTTP status of a webhook's or a chat's answer; null for mail, and when there was no answer.</summary>
    public int? Status { get; init; }

    /// <summary>The other side has it.</summary>
    /// <param name="Receipt">The other side's own id of it, or the file's name; null when it gave none.</param>
    public sealed record Accepted(string? Receipt) : DeliveryResult;

    /// <summary>Not now, perhaps later.</summary>
    /// <param name="Reason">For people; holds no secret.</param>
    /// <param name="RetryAfter">How long the other side wants to be left alone; null when it did not say.</param>
    public sealed record Retry(string Reason, TimeSpan? RetryAfter = null) : DeliveryResult
    {
        /// <summary>
        /// It was not about this message or its recipient: the server could not be reached, refused the login or did not answer, so that other messages
        /// would fare the same just now.
        /// </summary>
        public bool IsOfRoute { get; init; }
    }

    /// <summary>Never: trying again with the same message and settings would end the same way.</summary>
    /// <param name="Reason">For people; holds no secret.</param>
    public sealed record Refused(string Reason) : DeliveryResult;

    /// <summary>
    /// Never, and no other message to this address either: it does not exist any more, or asked to be left alone (HTTP 410). The channel is disabled.
    /// </summary>
    /// <param name="Reason">For people; holds no secret, and nothing of a remote answer's body.</param>
    public sealed record Unusable(string Reason) : DeliveryResult;
}
