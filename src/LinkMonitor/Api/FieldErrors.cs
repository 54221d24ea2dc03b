using LinkMonitor.Engine.Unicode;

namespace LinkMonitor.Api;

/// <summary>Collects what is wrong with the fields of a request, so that all of it is told at once.</summary>
internal sealed class FieldErrors
{
    private readonly SortedDictionary<string, List<string>> _messages = new(StringComparer.Ordinal);

    private readonly HashSet<string> _unreadable = new(StringComparer.Ordinal);

    public bool Any => _messages.Count > 0;

    /// <summary>Says why a value cannot be read. What else could be said of that field would be of a value that nobody sent, so it is left out.</summary>
    public void AddUnreadable(string field, string message)
    {
        Add(field, message);
        _unreadable.Add(field);
    }

    public void Add(string field, string message)
    {
        if (_unreadable.Contains(field))
            return;
        if (!_messages.TryGetValue(field, out var messages))
            _messages[field] = messages = [];
        messages.Add(message);
    }

    /// <summary>Says what a field lacks, unless more is wrong with it: a value that cannot be read is not missing.</summary>
    public void AddIfNone(string field, string message)
    {
        if (!_messages.ContainsKey(field))
            Add(field, message);
    }

    /// <summary>
    /// Refuses a text with what is no character (half a surrogate pair, U+FFFE and their like): nobody can mean it, and not every program
    /// can carry it.
    /// </summary>
    public void CheckCharacters(string field, string? text)
    {
        if (text is not null && UnicodeText.FirstNoncharacter(text) is { } codePoint)
            Add(field, $"It holds {codePoint}, which is no character. Take it out.");
    }

    /// <summary>By field, in alphabetical order.</summary>
    public IDictionary<string, string[]> ToDictionary() =>
        _messages.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal);
}
