using System.Globalization;
using System.Text.RegularExpressions;

namespace LinkMonitor.Engine.Fetching.Results;

/// <summary>Makes one media type of several: https://fetch.spec.whatwg.org/#concept-header-extract-mime-type</summary>
internal static class ContentTypeFields
{
    private const string Charset = "charset";

    /// <summary>
    /// The last media type counts. One that repeats the type before it without a charset keeps that one's. Null without any field.
    /// </summary>
    public static string? Join(IEnumerable<string> fields)
    {
        string[] all = [.. fields];
        string[] types = [.. all.SelectMany(Split).Where(IsMediaType)];
        if (types.Length <= 1)
            return all.Length <= 1 ? all.FirstOrDefault() : types.FirstOrDefault() ?? all[^1];

        // The charset is carried along, not written into each type in turn.
        var (essence, charset, isOwn) = (Essence(types[0]), CharsetPart(types[0]), true);
        foreach (var type in types.Skip(1))
        {
            var (next, own) = (Essence(type), CharsetPart(type));
            (charset, isOwn) = own is null && next == essence ? (charset, false) : (own, true);
            essence = next;
        }

        return isOwn || charset is null ? types[^1] : $"{types[^1]};{charset}";
    }

    /// <summary>At commas outside quotes.</summary>
    private static IEnumerable<string> Split(string field)
    {
        var (start, isQuoted) = (0, false);
        for (var i = 0; i < field.Length; i++)
        {
            if (field[i] == '\\' && isQuoted)
                i++;
            else if (field[i] == '"')
                isQuoted = !isQuoted;
            else if (field[i] == ',' && !isQuoted)
            {
                yield return field[start..i].Trim();
                start = i + 1;
            }
        }

        yield return field[start..].Trim();
    }

    private static string Essence(string type) => type.Split(';')[0].Trim().ToLowerInvariant();

    private static bool IsMediaType(string type) => Essence(type).Split('/') is [{ Length: > 0 } main, { Length: > 0 }] && main != "*";

    private static string? CharsetPart(string type) => type.Split(';').Skip(1)
        .FirstOrDefault(part => part.TrimStart().StartsWith(Charset + "=", StringComparison.OrdinalIgnoreCase));
}

/// <summary>What a site gave us to ask with, later, whether a page has changed: exactly as received.</summary>
/// <remarks>Source: https://www.rfc-editor.org/rfc/rfc9110#section-8.8</remarks>
public sealed partial record PageValidators
{
    /// <summary>A longer value is as good as none, in characters.</summary>
    public const int Longest = 1_024;

    // A page that was written in the same minute may have been written again: https://www.rfc-editor.org/rfc/rfc9110#section-8.8.2.2
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(1);

    /// <summary>The ETag, strong or weak; null for none.</summary>
    public string? EntityTag { get; init; }

    /// <summary>The Last-Modified; null for none.</summary>
    public string? LastModified { get; init; }

    /// <summary>Null when an answer has nothing of the kind that can be relied on.</summary>
    internal static PageValidators? Of(ResponseHeaders headers)
    {
        var (tag, modified) = (TagOf(headers), ModifiedOf(headers));
        return tag is null && modified is null ? null : new PageValidators { EntityTag = tag, LastModified = modified };
    }

    /// <summary>Whether a "not modified" names another version than the one that was asked about.</summary>
    internal bool IsContradictedBy(ResponseHeaders headers) =>
        EntityTag is not null && headers.Values("ETag").Any(tag => Opaque(tag.Trim()) != Opaque(EntityTag));

    // Anything but the form of the standard might mean something else when it is sent back; "*" would even mean "any page".
    private static string? TagOf(ResponseHeaders headers) =>
        Only(headers, "ETag") is { } tag && EntityTagForm().IsMatch(tag) ? tag : null;

    private static string? ModifiedOf(ResponseHeaders headers) =>
        Only(headers, "Last-Modified") is { } text && TryReadDate(text, out var modified)
            && Only(headers, "Date") is { } date && TryReadDate(date, out var answered) && modified + Settling <= answered
            ? text
            : null;

    private static string? Only(ResponseHeaders headers, string name)
    {
        string[] values = [.. headers.Values(name)];
        return values is [{ Length: <= Longest } only] ? only : null;
    }

    private static bool TryReadDate(string text, out DateTimeOffset date) =>
        DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    private static string Opaque(string tag) => tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag;

    [GeneratedRegex("^(W/)?\"[\\x21\\x23-\\x7E\\x80-\\xFF]*\"\\z", RegexOptions.NonBacktracking)]
    private static partial Regex EntityTagForm();
}

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
