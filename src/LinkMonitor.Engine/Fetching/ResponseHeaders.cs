namespace LinkMonitor.Engine.Fetching;

/// <summary>The header fields of an answer; a repeated name keeps every value, in the order received.</summary>
public sealed class ResponseHeaders(IEnumerable<KeyValuePair<string, string>> fields)
{
    private readonly KeyValuePair<string, string>[] _fields = [.. fields];

    public static ResponseHeaders Empty { get; } = new([]);

    public IReadOnlyList<KeyValuePair<string, string>> Fields => _fields;

    /// <summary>All values of a field, compared without case; empty when absent.</summary>
    public IEnumerable<string> Values(string name) =>
        _fields.Where(field => field.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(field => field.Value);

    /// <summary>What the Content-Type fields say together, as browsers read them; null when there is none.</summary>
    public string? ContentType => ContentTypeFields.Join(Values("Content-Type"));

    /// <summary>The first value of a field, or null.</summary>
    public string? First(string name) => Values(name).FirstOrDefault();
}
