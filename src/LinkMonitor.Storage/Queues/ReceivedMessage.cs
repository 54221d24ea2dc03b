namespace LinkMonitor.Storage.Queues;

/// <summary>A message that one reader has for itself until its lease ends.</summary>
public sealed record ReceivedMessage
{
    public required string Id { get; init; }

    /// <summary>Shows that the lease is ours; every renewal gives another, and only the last one counts.</summary>
    public required string Receipt { get; init; }

    /// <summary>What lies on the queue.</summary>
    public required string Raw { get; init; }

    /// <summary>How often it was received, this time included.</summary>
    public required long DequeueCount { get; init; }

    /// <summary>The text that was sent; null when what lies on the queue is not base64 of UTF-8.</summary>
    public string? Text => QueueText.Decode(Raw);
}
