using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Channels;

namespace LinkMonitor.Storage.Alerts;

/// <summary>One channel's copy of an alert, or a part of it.</summary>
public sealed record Delivery
{
    /// <summary>The channel; null for an address of the operator.</summary>
    public string? ChannelId { get; init; }

    /// <summary>
    /// Whether it is kept for a channel whose row could not be read: nobody knows yet whether the channel wants it, how it travels and in
    /// how many parts.
    /// </summary>
    [JsonIgnore]
    public bool IsKept => ChannelId is { } id && Recipient == id;

    /// <summary>How it travels.</summary>
    public required ChannelKind Channel { get; init; }

    /// <summary>
    /// Whom it goes to, for people: an e-mail address, or what may be shown of a URL. The URL itself is looked up when it is sent.
    /// </summary>
    public required string Recipient { get; init; }

    /// <summary>1 for the first of the messages that an alert is cut into where a channel takes only so many changes in one.</summary>
    public int Part { get; init; } = 1;

    public int Parts { get; init; } = 1;

    public DeliveryState State { get; init; } = DeliveryState.Waiting;

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; init; }

    public DateTimeOffset? FirstAttemptAt { get; init; }

    public DateTimeOffset? LastAttemptAt { get; init; }

    /// <summary>Not before this; null for at once.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>The service's own id of the message, or the file's name.</summary>
    public string? Receipt { get; init; }

    /// <summary>What went wrong at the last attempt; null when it went well.</summary>
    public string? Error { get; init; }
}

/// <summary>How far one recipient's copy of an alert has come.</summary>
[JsonConverter(typeof(WireNameJsonConverter<DeliveryState>))]
public enum DeliveryState
{
    /// <summary>Not accepted yet; it will be tried again.</summary>
    Waiting,

    /// <summary>The mail service accepted it.</summary>
    Sent,

    /// <summary>Refused for good, or given up.</summary>
    Failed,

    /// <summary>Not wanted any more when its time came: the channel was removed, paused, disabled, or its reader unsubscribed.</summary>
    Dropped,
}
