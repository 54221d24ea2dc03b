using System.Globalization;

namespace LinkMonitor.Engine.Reading;

/// <summary>
/// Reads the date of an <c>unavailable_after</c> rule: RFC 822, RFC 850 or ISO 8601, as Google takes them.
/// Source: https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag#unavailable_after
/// </summary>
internal static class UnavailableAfter
{
    public const string Rule = "unavailable_after";

    /// <summary>So much of a text is checked, in characters.</summary>
    public const int LongestDate = 64;

    private static readonly (string Name, string Offset)[] Zones =
    [
        ("GMT", "+00:00"), ("UTC", "+00:00"), ("UT", "+00:00"), ("Z", "+00:00"),
        ("EST", "-05:00"), ("EDT", "-04:00"), ("CST", "-06:00"), ("CDT", "-05:00"),
        ("MST", "-07:00"), ("MDT", "-06:00"), ("PST", "-08:00"), ("PDT", "-07:00"), ("CET", "+01:00"), ("CEST", "+02:00"),
    ];

    /// <summary>
    /// Reads a date that may itself hold commas and be followed by further rules. A date without a zone is UTC; one that cannot be read
    /// sets no end.
    /// </summary>
    /// <param name="text">What stands after the rule's colon.</param>
    /// <param name="date">The date as written.</param>
    /// <param name="end">When it ends.</param>
    public static bool TryRead(string text, out string date, out DateTimeOffset end)
    {
        // The longest beginning that is a date: "Saturday, 25-Jun-2010 15:00:00 GMT, noarchive".
        for (var length = Math.Min(text.Length, LongestDate); length > 0; length = text.LastIndexOf(',', length - 1))
        {
            date = text[..length].Trim();
            if (TryParse(date, out end))
                return true;
        }

        (date, end) = ("", default);
        return false;
    }

    private static bool TryParse(string date, out DateTimeOffset end) =>
        DateTimeOffset.TryParse(
            WithOffset(date), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out end);

    private static string WithOffset(string date)
    {
        // Names of days say nothing that the date does not, and a wrong one must not spoil it.
        var comma = date.IndexOf(',', StringComparison.Ordinal);
        var plain = (comma > 0 && date[..comma].All(char.IsAsciiLetter) ? date[(comma + 1)..] : date).Trim();
        foreach (var (name, offset) in Zones)
        {
            if (plain.EndsWith(" " + name, StringComparison.OrdinalIgnoreCase))
                return string.Concat(plain.AsSpan(0, plain.Length - name.Length), offset);
        }

        return plain;
    }
}
