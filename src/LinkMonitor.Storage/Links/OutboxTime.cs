using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Links;

/// <summary>The time in a place in the outbox.</summary>
public static class OutboxTime
{
    /// <summary>When the change was seen; null when the key is no place in the outbox.</summary>
    public static DateTimeOffset? Of(string outboxKey)
    {
        ArgumentNullException.ThrowIfNull(outboxKey);
        return LinkKeys.IsOutbox(outboxKey) && LinkKeys.ShortOutbox(outboxKey) is { Length: > KeyTime.Length } rest
            ? KeyTime.FindAscending(rest)
            : null;
    }
}
