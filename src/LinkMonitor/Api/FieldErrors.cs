namespace LinkMonitor.Api;

/// <summary>Collects what is wrong with the fields of a request, so that all of it is told at once.</summary>
internal sealed class FieldErrors
{
    private readonly SortedDictionary<string, List<string>> _messages = new(StringComparer.Ordinal);

    public bool Any => _messages.Count > 0;

    public void Add(string field, string message)
    {
        if (!_messages.TryGetValue(field, out var messages))
            _messages[field] = messages = [];
        messages.Add(message);
    }

    /// <summary>By field, in alphabetical order.</summary>
    public IDictionary<string, string[]> ToDictionary() =>
        _messages.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal);
}
