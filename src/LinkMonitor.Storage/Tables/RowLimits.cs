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
