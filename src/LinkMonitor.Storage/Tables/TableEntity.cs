using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Azure;

namespace LinkMonitor.Storage.Tables;

/// <summary>
/// An entity as a dictionary of its properties, keys and system properties among them. Values may be <see cref="string"/>,
/// <see cref="int"/>, <see cref="long"/>, <see cref="double"/>, <see cref="bool"/>, <see cref="DateTimeOffset"/> (from the year 1601, kept to
/// 100 ns, read back in UTC), <see cref="Guid"/> and <see cref="byte"/> arrays. A null is not stored. Limits of the service: 252 own
/// properties, 32,768 characters or 64 KiB in one, 1 MiB in all. Half a surrogate pair in a string is stored as U+FFFD.
/// </summary>
public sealed class TableEntity : IDictionary<string, object?>
{
    internal const string ETagName = "odata.etag";

    private readonly Dictionary<string, object?> _properties = new(StringComparer.Ordinal);

    public TableEntity()
    {
    }

    public TableEntity(string partitionKey, string rowKey)
    {
        PartitionKey = partitionKey;
        RowKey = rowKey;
    }

    /// <summary>Up to 512 characters; none of <c>/ \ # ?</c> or control characters. Checked when the entity is sent.</summary>
    public string PartitionKey
    {
        get => GetString(nameof(PartitionKey))!;
        set => _properties[nameof(PartitionKey)] = value;
    }

    /// <inheritdoc cref="PartitionKey"/>
    public string RowKey
    {
        get => GetString(nameof(RowKey))!;
        set => _properties[nameof(RowKey)] = value;
    }

    /// <summary>When the service last wrote the entity; null before it was read. Never sent.</summary>
    public DateTimeOffset? Timestamp
    {
        get => GetDateTimeOffset(nameof(Timestamp));
        set => _properties[nameof(Timestamp)] = value;
    }

    /// <summary>Version of the entity as it was read; default before. Never sent: pass it as the condition of an update.</summary>
    public ETag ETag
    {
        get => GetString(ETagName) is { } written ? new ETag(written) : default;
        set => _properties[ETagName] = value == default ? null : value.ToString();
    }

    public ICollection<string> Keys => _properties.Keys;

    public int Count => _properties.Count;

    ICollection<object?> IDictionary<string, object?>.Values => _properties.Values;

    bool ICollection<KeyValuePair<string, object?>>.IsReadOnly => false;

    /// <summary>The value of a property, null when the entity does not have it.</summary>
    public object? this[string key]
    {
        get => _properties.GetValueOrDefault(key);
        set => _properties[key] = value;
    }

    /// <summary>Null when absent.</summary>
    /// <exception cref="InvalidOperationException">The property has another type.</exception>
    public string? GetString(string key) => (string?)Typed<string>(key);

    /// <inheritdoc cref="GetString"/>
    public int? GetInt32(string key) => (int?)Typed<int>(key);

    /// <summary>Null when absent; an <see cref="int"/> is widened.</summary>
    /// <exception cref="InvalidOperationException">The property has another type.</exception>
    public long? GetInt64(string key) => this[key] is int narrow ? narrow : (long?)Typed<long>(key);

    /// <inheritdoc cref="GetString"/>
    public double? GetDouble(string key) => (double?)Typed<double>(key);

    /// <inheritdoc cref="GetString"/>
    public bool? GetBoolean(string key) => (bool?)Typed<bool>(key);

    /// <inheritdoc cref="GetString"/>
    public DateTimeOffset? GetDateTimeOffset(string key) => (DateTimeOffset?)Typed<DateTimeOffset>(key);

    /// <inheritdoc cref="GetString"/>
    public Guid? GetGuid(string key) => (Guid?)Typed<Guid>(key);

    /// <inheritdoc cref="GetString"/>
    public byte[]? GetBinary(string key) => (byte[]?)Typed<byte[]>(key);

    public void Add(string key, object? value) => _properties.Add(key, value);

    public bool ContainsKey(string key) => _properties.ContainsKey(key);

    public bool Remove(string key) => _properties.Remove(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value) => _properties.TryGetValue(key, out value);

    public void Clear() => _properties.Clear();

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _properties.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    void ICollection<KeyValuePair<string, object?>>.Add(KeyValuePair<string, object?> item) => Add(item.Key, item.Value);

    bool ICollection<KeyValuePair<string, object?>>.Contains(KeyValuePair<string, object?> item) => _properties.Contains(item);

    void ICollection<KeyValuePair<string, object?>>.CopyTo(KeyValuePair<string, object?>[] array, int arrayIndex) =>
        ((ICollection<KeyValuePair<string, object?>>)_properties).CopyTo(array, arrayIndex);

    bool ICollection<KeyValuePair<string, object?>>.Remove(KeyValuePair<string, object?> item) =>
        ((ICollection<KeyValuePair<string, object?>>)_properties).Remove(item);

    private object? Typed<T>(string key) => this[key] switch
    {
        null => null,
        T value => value,
        var other => throw new InvalidOperationException($"The property {key} is a {other.GetType().Name}, not a {typeof(T).Name}."),
    };
}
