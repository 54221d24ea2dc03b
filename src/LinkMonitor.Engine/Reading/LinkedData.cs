using System.Text.RegularExpressions;

namespace LinkMonitor.Engine.Reading;

/// <summary>Two things that a page's JSON-LD says, found without reading all of it: it is often broken, and only these matter.</summary>
internal static partial class LinkedData
{
    /// <summary>One of schema.org's articles: https://schema.org/Article</summary>
    public static bool NamesArticle(ReadOnlySpan<char> json) => json.Contains("@type", StringComparison.Ordinal) && Type().IsMatch(json);

    /// <summary>https://developers.google.com/search/docs/appearance/structured-data/paywalled-content</summary>
    public static bool IsPaid(ReadOnlySpan<char> json) =>
        json.Contains("isAccessibleForFree", StringComparison.Ordinal) && Paid().IsMatch(json);

    [GeneratedRegex(
        "\"@type\"\\s*:\\s*\\[?\\s*\"(?:\\w*Article|\\w*Posting|Report|Recipe)\"",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Type();

    [GeneratedRegex("\"isAccessibleForFree\"\\s*:\\s*\"?(?:false|False)", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Paid();
}
