using System.Globalization;
using System.Text.RegularExpressions;

namespace LinkMonitor.Engine.Fetching;

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
