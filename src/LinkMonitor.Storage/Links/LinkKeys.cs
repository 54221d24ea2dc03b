using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Links;

/// <summary>The row keys of the <c>Links</c> table, whose partition key is the project's identity; see docs/tables/links.md.</summary>
internal static class LinkKeys
{
    private const string LinkPrefix = "link:";
    private const string ChangePrefix = "change:";
    private const string HistoryPrefix = "history:";
    private const string OutboxPrefix = "outbox:";

    public static string Link(LinkId linkId) => LinkPrefix + linkId.Value;

    /// <summary>The link in a key that <see cref="Link"/> made.</summary>
    public static LinkId IdOf(string key) => new(key[LinkPrefix.Length..]);

    public static string Change(DateTimeOffset at, string changeId) => $"{ChangePrefix}{KeyTime.Descending(at)}:{changeId}";

    public static string History(LinkId linkId, DateTimeOffset at, string changeId) =>
        $"{HistoryPrefix}{linkId.Value}:{KeyTime.Descending(at)}:{changeId}";

    public static string Outbox(DateTimeOffset at, string changeId) => $"{OutboxPrefix}{KeyTime.Ascending(at)}:{changeId}";

    public static bool IsOutbox(string rowKey) => rowKey.StartsWith(OutboxPrefix, StringComparison.Ordinal);

    /// <summary>The part of a place in the outbox that tells it from others, for lists of them.</summary>
    public static string ShortOutbox(string outboxKey) => IsOutbox(outboxKey)
        ? outboxKey[OutboxPrefix.Length..]
        : throw new ArgumentException($"'{outboxKey}' is not a place in the outbox.", nameof(outboxKey));

    /// <summary>What <see cref="ShortOutbox"/> was made of.</summary>
    public static string LongOutbox(string shortKey) => OutboxPrefix + shortKey;

    /// <summary>The key of the change that has, or had, a place in the outbox.</summary>
    /// <exception cref="FormatException">No place in the outbox.</exception>
    public static string ChangeOfOutbox(string outboxKey)
    {
        var rest = ShortOutbox(outboxKey);
        return rest.Length > KeyTime.Length + 1
            ? Change(KeyTime.ParseAscending(rest.AsSpan(0, KeyTime.Length)), rest[(KeyTime.Length + 1)..])
            : throw new FormatException($"'{outboxKey}' is not a place in the outbox.");
    }

    /// <summary>How far what is kept has been reduced.</summary>
    public const string Retention = "retention";

    /// <summary>When the change was made that has, or had, a place in the outbox; null when the key does not say.</summary>
    public static DateTimeOffset? TimeOfOutbox(string outboxKey) =>
        IsOutbox(outboxKey) ? KeyTime.FindAscending(ShortOutbox(outboxKey)) : null;

    /// <summary>A project's changes made before a point in time.</summary>
    public static KeyRange ChangesBefore(ProjectId projectId, DateTimeOffset before) =>
        KeyRange.StartingWith(projectId.Value, ChangePrefix) with { From = ChangePrefix + KeyTime.Descending(before.AddTicks(-1)) };

    public static KeyRange Links(ProjectId projectId) => KeyRange.StartingWith(projectId.Value, LinkPrefix);

    /// <summary>A project's changes, those made after a point in time only.</summary>
    /// <param name="since">Null for all.</param>
    public static KeyRange Changes(ProjectId projectId, DateTimeOffset? since)
    {
        var all = KeyRange.StartingWith(projectId.Value, ChangePrefix);
        return since is { } after ? all with { Below = ChangePrefix + KeyTime.Descending(after) } : all;
    }

    public static KeyRange History(ProjectId projectId, LinkId linkId) =>
        KeyRange.StartingWith(projectId.Value, $"{HistoryPrefix}{linkId.Value}:");

    public static KeyRange Outbox(ProjectId projectId) => KeyRange.StartingWith(projectId.Value, OutboxPrefix);

    /// <summary>The changes between two keys of changes, both included.</summary>
    public static KeyRange Changes(ProjectId projectId, string first, string last) => new(projectId.Value, first, last + "!");

    /// <summary>The changes made at or after a point in time and before another.</summary>
    public static KeyRange Changes(ProjectId projectId, DateTimeOffset from, DateTimeOffset to) =>
        new(projectId.Value, ChangePrefix + KeyTime.Descending(to.AddTicks(-1)), ChangePrefix + KeyTime.Descending(from.AddTicks(-1)));

    /// <summary>One link's changes after a point in time.</summary>
    public static KeyRange History(ProjectId projectId, LinkId linkId, DateTimeOffset after)
    {
        var prefix = $"{HistoryPrefix}{linkId.Value}:";
        return KeyRange.StartingWith(projectId.Value, prefix) with { Below = prefix + KeyTime.Descending(after) };
    }
}

/// <summary>The time in a place in the outbox.</summary>
public static class OutboxTime
{
    /// <summary>When the change was seen; null when the key is not a place in the outbox.</summary>
    public static DateTimeOffset? Of(string outboxKey)
    {
        ArgumentNullException.ThrowIfNull(outboxKey);
        return LinkKeys.IsOutbox(outboxKey) && LinkKeys.ShortOutbox(outboxKey) is { Length: > KeyTime.Length } rest
            ? KeyTime.FindAscending(rest) : null;
    }
}
