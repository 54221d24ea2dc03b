namespace LinkMonitor.Storage.Alerts;

/// <summary>One recipient's copy of an alert.</summary>
public sealed record Delivery
{
    /// <summary>The channel, for example <c>smtp</c>.</summary>
    public required string Channel { get; init; }

    /// <summary>Whom it goes to on that channel: an e-mail address.</summary>
    public required string Recipient { get; init; }

    public DeliveryState State { get; init; } = DeliveryState.Waiting;

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; init; }

    public DateTimeOffset? LastAttemptAt { get; init; }

    /// <summary>The service's own id of the message, or the file's name.</summary>
    public string? Receipt { get; init; }

    /// <summary>What went wrong at the last attempt; null when it went well.</summary>
    public string? Error { get; init; }
}
