namespace LinkMonitor.Storage.Queues;

/// <summary>A message that waits to be received.</summary>
/// <param name="Raw">What lies on the queue.</param>
/// <param name="SentAt">When it was put there.</param>
public sealed record WaitingMessage(string Raw, DateTimeOffset SentAt)
{
    /// <summary>Since when it could have been received: one that was sent for later says so itself.</summary>
    public DateTimeOffset WaitingSince => MessageNotes.Read(QueueText.Decode(Raw)).DueAt ?? SentAt;
}
