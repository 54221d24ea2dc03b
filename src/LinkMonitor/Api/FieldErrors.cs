using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Unicode;

namespace LinkMonitor.Api;

/// <summary>Collects what is wrong with the fields of a request, so that all of it is reported at once.</summary>
internal sealed class FieldErrors
{
    /// <summary>
    /// How many fields are reported by name: an answer is no place for a million of them. How many more there are is reported, too.
    /// </summary>
    public const int MaxFields = 100;

    private const int MaxShown = 100;

    private readonly SortedDictionary<string, List<string>> _messages = new(StringComparer.Ordinal);

    private readonly HashSet<string> _unreadable = new(StringComparer.Ordinal);

    private int _untold;

    public bool Any => _messages.Count > 0;

    /// <summary>What a value is said to be that is none of the only ones there are.</summary>
    public static string NotOneOf(string? value, IEnumerable<string> known) => $"'{Cut(value)}' is not one of {string.Join(", ", known)}.";

    /// <summary>A value as it is named back to whoever sent it.</summary>
    public static string Cut(string? value) => value is { Length: > MaxShown } ? value[..MaxShown] + "…" : value ?? string.Empty;

    /// <summary>
    /// Says why a value cannot be read. What else could be said of that field would be of a value that nobody sent, so it is left out.
    /// </summary>
    public void AddUnreadable(string field, string message)
    {
        Add(field, message);
        _unreadable.Add(field);
    }

    public void Add(string field, string message)
    {
        if (_unreadable.Contains(field))
            return;
        if (_messages.TryGetValue(field, out var messages))
            messages.Add(message);
        else if (_messages.Count < MaxFields)
            _messages[field] = [message];
        else
            _untold++;
    }

    /// <summary>
    /// Says what a field lacks, unless more is wrong with it or with what is in it: a value that cannot be read is not missing.
    /// </summary>
    public void AddIfNone(string field, string message)
    {
        if (!_messages.Keys.Any(IsIt))
            Add(field, message);

        bool IsIt(string told) =>
            told.StartsWith(field, StringComparison.Ordinal) && (told.Length == field.Length || told[field.Length] is '[' or '.');
    }

    /// <summary>Reads one of the names of an enumeration; of any other text it says so and names those there are.</summary>
    /// <returns>Null when there is no text, or another.</returns>
    public TEnum? ReadName<TEnum>(string field, string? text) where TEnum : struct, Enum
    {
        if (text is null)
            return null;
        if (WireName.TryParse<TEnum>(text, out var value))
            return value;
        Add(field, NotOneOf(text, WireName.All<TEnum>()));
        return null;
    }

    /// <summary>
    /// Refuses a text with what is no character (half a surrogate pair, U+FFFE and their like): nobody can mean it, and not every program
    /// can carry it.
    /// </summary>
    public void CheckCharacters(string field, string? text)
    {
        if (text is not null && UnicodeText.FirstNoncharacter(text) is { } codePoint)
            Add(field, $"It contains {codePoint}, which is not a character. Remove it.");
    }

    /// <summary>By field, in alphabetical order.</summary>
    public IDictionary<string, string[]> ToDictionary()
    {
        var all = _messages.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal);
        if (_untold > 0)
            all["$"] = [.. all.GetValueOrDefault("$", []), $"{_untold} more errors. Fix these first."];
        return all;
    }
}

/// <summary>Times as requests bring them: with an offset, because a time without one is another moment in every time zone.</summary>
internal static class TimeText
{
    public const string Wanted = "an ISO 8601 time with an offset, for example 2026-11-21T08:00:00Z";

    /// <summary>Whether a text that is a time says of which offset: it ends in Z, or in hours and minutes such as +01:00.</summary>
    public static bool HasOffset(string text)
    {
        var time = text.AsSpan().Trim();
        if (time.EndsWith("Z", StringComparison.OrdinalIgnoreCase))
            return true;
        return time.Length > 16 && time.Contains(':') && time[^6] is '+' or '-' && char.IsAsciiDigit(time[^5])
            && char.IsAsciiDigit(time[^4]) && time[^3] == ':' && char.IsAsciiDigit(time[^2]) && char.IsAsciiDigit(time[^1]);
    }
}
