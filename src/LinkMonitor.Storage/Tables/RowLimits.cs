using Azure.Data.Tables;

namespace LinkMonitor.Storage.Tables;

/// <summary>What the service takes as a row, checked before anything is sent.</summary>
/// <remarks>Source: https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model.</remarks>
internal static class RowLimits
{
    /// <summary>In UTF-16 units: the service's 1 KiB, and the emulator's limit.</summary>
    public const int MaxKeyLength = 512;

    private static readonly DateTimeOffset Earliest = new(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <exception cref="ArgumentException">A key or a column cannot be stored; the message names it.</exception>
    public static void Check(TableEntity row)
    {
        CheckKey(row.PartitionKey, nameof(TableEntity.PartitionKey));
        CheckKey(row.RowKey, nameof(TableEntity.RowKey));
        foreach (var (name, value) in row)
            CheckColumn(name, value);
    }

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
        if (value is not (null or string or int or long or double or bool or DateTimeOffset or Guid or byte[]) && name != nameof(TableEntity.ETag))
            throw new ArgumentException($"The column {name} is a {value.GetType().Name}, which the service cannot store.", name);
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
