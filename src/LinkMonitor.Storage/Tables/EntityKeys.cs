namespace LinkMonitor.Storage.Tables;

/// <summary>
/// The rules for partition and row keys, checked before anything is sent:
/// https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model#characters-disallowed-in-key-fields.
/// </summary>
internal static class EntityKeys
{
    /// <summary>In UTF-16 units: the service's 1 KiB, and the emulator's limit.</summary>
    public const int MaxLength = 512;

    /// <exception cref="ArgumentException">The key is missing, too long or holds a character the service does not take.</exception>
    public static void Validate(string? key, string name)
    {
        if (key is null)
            throw new ArgumentException($"The entity has no {name}.", name);
        if (key.Length > MaxLength)
            throw new ArgumentException($"The {name} has {key.Length} characters; at most {MaxLength} are allowed.", name);
        for (var i = 0; i < key.Length; i++)
            if (IsForbidden(key[i]))
                throw new ArgumentException(
                    $"The {name} holds U+{(int)key[i]:X4} at position {i}; / \\ # ? and control characters are not allowed.", name);

        // Half a pair cannot be sent as UTF-8; replaced silently, two different keys would become one.
        if (HasLoneSurrogate(key))
            throw new ArgumentException($"The {name} is not well-formed Unicode.", name);
    }

    public static void Validate(TableEntity entity)
    {
        Validate(entity.PartitionKey, nameof(TableEntity.PartitionKey));
        Validate(entity.RowKey, nameof(TableEntity.RowKey));
    }

    /// <summary>Path of one entity below the endpoint, escaped; keys that were not validated must not come here.</summary>
    public static string Path(string table, string partitionKey, string rowKey) =>
        $"{table}(PartitionKey='{Escape(partitionKey)}',RowKey='{Escape(rowKey)}')";

    private static string Escape(string key) => Uri.EscapeDataString(key.Replace("'", "''", StringComparison.Ordinal));

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
