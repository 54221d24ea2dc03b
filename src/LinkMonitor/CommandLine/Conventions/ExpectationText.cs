using System.Diagnostics.CodeAnalysis;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Unicode;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.CommandLine.Conventions;

/// <summary>
/// Reads what one check expects. One check has nothing to compare with, so what is not given is not watched; only that the page may be
/// indexed and that the link can be seen is always expected.
/// </summary>
internal static class ExpectationText
{
    public static bool TryReadUrl(string what, string? text, [NotNullWhen(true)] out WebUrl? url, [NotNullWhen(false)] out string? error)
    {
        url = null;
        if (string.IsNullOrWhiteSpace(text))
            error = $"The {what} is missing.";
        else if (!WebUrl.TryParse(WithScheme(text.Trim()), out var parsed))
            error = $"The {what} '{text}' is not a URL. Give it in full, for example https://example.org/page.";
        else if (!parsed.IsHttp)
            error = $"The {what} '{text}' is not on the web. Use an address that starts with http:// or https://.";
        else
            (url, error) = (parsed, null);
        return error is null;
    }

    /// <summary>People write <c>example.com/post</c>, and <c>example.com:8080</c>, which the URL standard reads as a scheme.</summary>
    private static string WithScheme(string text)
    {
        if (text.StartsWith("//", StringComparison.Ordinal))
            return "https:" + text;
        var end = text.AsSpan().IndexOfAny("/?#");
        var authority = end < 0 ? text : text[..end];
        var colon = authority.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? authority : authority[..colon];
        var isPort = colon < 0 || (colon + 1 < authority.Length && authority.AsSpan(colon + 1).IndexOfAnyExceptInRange('0', '9') < 0);
        var isHost = name == "localhost"
            || (name.Contains('.', StringComparison.Ordinal) && name[0] != '.' && name.AsSpan().IndexOfAny(" @\\") < 0);
        return isHost && isPort ? "https://" + text : text;
    }

    public static bool TryRead(
        string? target,
        string? match,
        string? rel,
        string? anchor,
        [NotNullWhen(true)] out Expectation? expectation,
        [NotNullWhen(false)] out string? error)
    {
        expectation = null;
        var qualifiers = Expected<RelQualifiers>.Any;
        var mode = TargetMatch.Page;
        if (!TryReadUrl("target", target, out var url, out error))
            return false;
        if (!string.IsNullOrWhiteSpace(match) && !WireName.TryParse(match.Trim(), out mode))
        {
            error = $"'{match}' is not a match mode. Use {string.Join(", ", WireName.All<TargetMatch>())}.";
            return false;
        }

        if (!string.IsNullOrWhiteSpace(rel) && !RelText.TryParseExpectation(rel, out qualifiers, out error))
            return false;

        if (anchor?.Contains('\uFFFD', StringComparison.Ordinal) is true)
        {
            error = "The anchor contains U+FFFD: a character was lost when it was saved.";
            return false;
        }

        if (anchor is not null && UnicodeText.FirstNoncharacter(anchor) is { } codePoint)
        {
            error = $"The anchor contains {codePoint}, which is not a character. Remove it.";
            return false;
        }

        error = null;
        expectation = new Expectation
        {
            Target = url,
            Match = mode,
            Rel = qualifiers,
            Anchor = string.IsNullOrWhiteSpace(anchor) ? Expected<string>.Any : Expected<string>.Exactly(anchor.Trim()),
            Placement = Expected<Placement>.Any,
            Indexable = Expected<bool>.Exactly(true),
        };
        return true;
    }
}
