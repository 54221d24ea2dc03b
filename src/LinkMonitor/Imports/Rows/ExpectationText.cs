using System.Diagnostics.CodeAnalysis;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Unicode;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Imports.Rows;

/// <summary>
/// Reads what one check expects. One check has nothing to compare with, so what is not given is not watched; only that the page may be
/// indexed and that the link can be seen is always expected.
/// </summary>
internal static class ExpectationText
{
    public static bool TryReadUrl(string what, string? text, [NotNullWhen(true)] out WebUrl? url, [NotNullWhen(false)] out string? error)
    {
        (url, error) = (null, string.IsNullOrWhiteSpace(text) ? $"The {what} is missing." : null);
        if (error is null && !GivenUrl.TryRead(text!, out url, out error))
            error = $"The {what} {error}";
        return error is null;
    }

    /// <summary>What is wrong with an address; null when nothing is.</summary>
    public static string? WrongUrl(string what, string? text) => TryReadUrl(what, text, out _, out var error) ? null : error;

    /// <summary>What is wrong with a match mode; null when nothing is.</summary>
    public static string? WrongMatch(string match) =>
        string.IsNullOrWhiteSpace(match) || WireName.TryParse<TargetMatch>(match.Trim(), out _)
        ? null
        : $"'{match}' is not a match mode. Use {string.Join(", ", WireName.All<TargetMatch>())}.";

    /// <summary>What is wrong with an expected rel; null when nothing is.</summary>
    public static string? WrongRel(string rel) =>
        string.IsNullOrWhiteSpace(rel) || RelText.TryParseExpectation(rel, out _, out var error) ? null : error;

    /// <summary>What is wrong with an expected anchor; null when nothing is.</summary>
    public static string? WrongAnchor(string anchor) => anchor.Contains('\uFFFD', StringComparison.Ordinal)
        ? "The anchor contains U+FFFD: a character was lost when it was saved."
        : UnicodeText.FirstNoncharacter(anchor) is { } codePoint
            ? $"The anchor contains {codePoint}, which is not a character. Remove it."
            : null;

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
        error = anchor is null ? null : WrongAnchor(anchor);
        if (!string.IsNullOrWhiteSpace(rel) && !RelText.TryParseExpectation(rel, out qualifiers, out var wrongRel))
            error = wrongRel;
        if (!string.IsNullOrWhiteSpace(match) && !WireName.TryParse(match.Trim(), out mode))
            error = WrongMatch(match);
        if (error is not null)
            return false;
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
