using System.Text.Json;
using Azure;
using Azure.Data.Tables;

namespace LinkMonitor.Storage.Tables;

/// <summary>What the service takes as a row, checked before anything is sent.</summary>
/// <remarks>Source: https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model.</remarks>
internal static class RowLimits
{
    /// <summary>In UTF-16 units: the service's 1 KiB, and the emulator's limit.</summary>
    public const int MaxKeyLength = 512;

    /// <summary>The most bytes of one column; a character takes two.</summary>
    public const int MaxColumnBytes = 64 * 1024;

    /// <summary>The most bytes of all columns, with their names.</summary>
    public const int MaxRowBytes = 1024 * 1024;

    private static readonly DateTimeOffset Earliest = new(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // What a column takes beside its name and a value of variable length: the rest of it, at most.
    private const int BytesPerColumn = 24;

    /// <exception cref="ArgumentException">A key or a column cannot be stored; the message names it.</exception>
    /// <exception cref="RowTooLargeException">A column, or all of them together, hold more than the service takes.</exception>
    public static void Check(TableEntity row)
    {
        CheckKey(row.PartitionKey, nameof(TableEntity.PartitionKey));
        CheckKey(row.RowKey, nameof(TableEntity.RowKey));
        foreach (var (name, value) in row)
            CheckColumn(name, value);
        CheckSize(row);
    }

    private static void CheckSize(TableEntity row)
    {
        var all = row.Sum(column => BytesPerColumn + (2L * column.Key.Length) + Bytes(column.Value));
        if (all <= MaxRowBytes)
            return;
        var largest = row.MaxBy(column => Bytes(column.Value)).Key;
        throw new RowTooLargeException(
            largest, $"The row has {all} bytes, most of them in the column {largest}; at most {MaxRowBytes} are allowed.");
    }

    private static long Bytes(object? value) => value switch
    {
        string text => 2L * text.Length,
        byte[] bytes => bytes.LongLength,
        _ => 0,
    };

    /// <exception cref="ArgumentException">The key is missing, too long or holds a character that the service does not take.</exception>
    public static void CheckKey(string? key, string name)
    {
        if (key is null)
            throw new ArgumentException($"The row has no {name}.", name);
        if (key.Length > MaxKeyLength)
            throw new ArgumentException($"The {name} has {key.Length} characters; at most {MaxKeyLength} are allowed.", name);
        for (var i = 0; i < key.Length; i++)
            if (IsForbidden(key[i]))
                throw new ArgumentException(
                    $"The {name} holds U+{(int)key[i]:X4} at position {i}; / \\ # ? and control characters are not allowed.", name);

        // Half a pair cannot be sent as UTF-8; replaced silently, two different keys would become one.
        if (HasLoneSurrogate(key))
            throw new ArgumentException($"The {name} is not well-formed Unicode.", name);
    }

    private static void CheckColumn(string name, object? value)
    {
        if (value is DateTimeOffset time && time < Earliest)
            throw new ArgumentException($"The column {name} lies before the year 1601, the earliest the service stores.", name);
        if (value is not (null or string or int or long or double or bool or DateTimeOffset or Guid or byte[]))
            throw new ArgumentException($"The column {name} is a {value.GetType().Name}, which the service cannot store.", name);
        if (Bytes(value) is var bytes && bytes > MaxColumnBytes)
            throw new RowTooLargeException(name, $"The column {name} has {bytes} bytes; at most {MaxColumnBytes} are allowed.");
    }

    private static bool IsForbidden(char c) => c is '/' or '\\' or '#' or '?' or <= '\u001F' or (>= '\u007F' and <= '\u009F');

    private static bool HasLoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return true;
            i++;
        }

        return false;
    }
}

/// <summary>A row holds more than the service takes. Nothing was sent.</summary>
public sealed class RowTooLargeException : ArgumentException
{
    public RowTooLargeException() : base("The row is too large.")
    {
    }

    public RowTooLargeException(string message) : base(message)
    {
    }

    public RowTooLargeException(string message, Exception? innerException) : base(message, innerException)
    {
    }

    /// <param name="column">The column that is too large, or the largest of a row that is.</param>
    /// <param name="message">How large it is and may be.</param>
    public RowTooLargeException(string column, string message, Exception? innerException = null) : base(message, innerException) =>
        Column = column;

    /// <summary>The column that is too large, or the largest of a row that is; null when nobody knows.</summary>
    public string? Column { get; }
}

/// <summary>
/// What the service takes as one transaction, checked before anything is sent, because the client and the emulator do not check all of it.
/// </summary>
/// <remarks>Source: https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions.</remarks>
internal static class TransactionLimits
{
    public const int MaxActions = 100;
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <exception cref="ArgumentException">
    /// Empty, too many, mixed partitions, a row twice, too large, or a row that cannot be stored; the message names the index.
    /// </exception>
    public static void Check(IReadOnlyList<TableTransactionAction> actions)
    {
        if (actions.Count == 0)
            throw Refused("it has no actions.");
        if (actions.Count > MaxActions)
            throw Refused($"it has {actions.Count} actions; action {MaxActions} is the first beyond the {MaxActions} allowed.");

        var rows = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < actions.Count; i++)
            CheckAction(actions, i, rows);
        CheckSize(actions);
    }

    private static void CheckAction(IReadOnlyList<TableTransactionAction> actions, int index, Dictionary<string, int> rows)
    {
        var (action, row) = (actions[index], Row(actions[index]));
        try
        {
            RowLimits.Check(row);
        }
        catch (RowTooLargeException reason)
        {
            throw new RowTooLargeException(
                reason.Column!, $"The transaction was not sent: action {index} cannot be written. {reason.Message}", reason);
        }
        catch (ArgumentException reason)
        {
            throw new ArgumentException($"The transaction was not sent: action {index} cannot be written. {reason.Message}", reason);
        }

        if (row.PartitionKey != Row(actions[0]).PartitionKey)
            throw Refused($"action {index} is in partition '{row.PartitionKey}', action 0 in '{Row(actions[0]).PartitionKey}'.");
        if (!rows.TryAdd(row.RowKey, index))
            throw Refused($"action {index} writes the row of action {rows[row.RowKey]} again (row key '{row.RowKey}').");
        if (NeedsVersion(action) && action.ETag == default(ETag))
            throw Refused($"action {index} writes over a row without saying which version.");
    }

    private static void CheckSize(IReadOnlyList<TableTransactionAction> actions)
    {
        if (actions.Sum(action => RowSize.AtMost(Row(action))) <= MaxBytes)
            return;

        long size = 0;
        for (var i = 0; i < actions.Count; i++)
        {
            size += RowSize.Of(Row(actions[i]));
            if (size > MaxBytes)
                throw Refused($"with action {i} it exceeds the {MaxBytes} bytes allowed.");
        }
    }

    private static bool NeedsVersion(TableTransactionAction action) => action.ActionType
        is TableTransactionActionType.UpdateMerge or TableTransactionActionType.UpdateReplace or TableTransactionActionType.Delete;

    private static TableEntity Row(TableTransactionAction action) => (TableEntity)action.Entity;

    private static ArgumentException Refused(string reason) => new($"The transaction was not sent: {reason}");
}

/// <summary>How many bytes a row takes in a transaction.</summary>
internal static class RowSize
{
    // Boundaries, request line and headers of a part, beside the address of the row.
    private const int Envelope = 1_024;

    // Name, quotes, type annotation and separators of a column, beside its name and value.
    private const int Column = 64;

    // A character outside ASCII, or one that JSON escapes, becomes six.
    private const int MostBytesPerChar = 6;

    /// <summary>Never less than the row takes; cheap.</summary>
    public static long AtMost(TableEntity row) => Sum(row, text => (long)text.Length * MostBytesPerChar);

    /// <summary>What the row takes, give or take its envelope.</summary>
    public static long Of(TableEntity row) => Sum(row, text => JsonEncodedText.Encode(text).EncodedUtf8Bytes.Length);

    private static long Sum(TableEntity row, Func<string, long> size)
    {
        long sum = Envelope;
        foreach (var (name, value) in row)
            sum += Column + (2L * name.Length) + value switch
            {
                null => 0,
                string text => size(text),
                byte[] bytes => ((bytes.LongLength + 2) / 3) * 4,
                _ => 0,
            };
        return sum;
    }
}
