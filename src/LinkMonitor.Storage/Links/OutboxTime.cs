using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Links;

/// <summary>The time in a place in the outbox.</summary>
public static class OutboxTime
{
    /// <summary>When the change was seen; null when the key is no place in the outbox.</summary>
    public static DateTimeOffset? Of(string outboxKey)
    {
        ArgumentNullException.ThrowIfNull(outboxKey);
        if (!LinkKeys.IsOutbox(outboxKey) || LinkKeys.ShortOutbox(outboxKey) is not { Length: > KeyTime.Length } rest)
            return null;
        try
        {
            return KeyTime.ParseAscending(rest.AsSpan(0, KeyTime.Length));
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }
}
