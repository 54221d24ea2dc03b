using System.Diagnostics.CodeAnalysis;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Unicode;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.CommandLine;

/// <summary>
/// Reads what one check expects. One check has nothing to compare with, so what is not given is not watched; only that the page may be
/// indexed and that the link can be seen is always expected.
/// </summary>
internal static class ExpectationText
{
    public static bool TryReadUrl(
        string what, string? text, [NotNullWhen(true)] out WebUrl? url, [NotNullWhen(false)] out string? error)
    {
        url = null;
        if (string.IsNullOrWhiteSpace(text))
            error = $"The {what} is missing.";
        else if (!WebUrl.TryParse(text, out var parsed))
            error = $"The {what} '{text}' is no URL. Write it whole, for example https://example.org/page.";
        else if (!parsed.IsHttp)
            error = $"The {what} '{text}' is not on the web. Use an address that starts with http:// or https://.";
        else
            (url, error) = (parsed, null);
        return error is null;
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
            error = $"'{match}' is no match mode. Use {string.Join(", ", WireName.All<TargetMatch>())}.";
            return false;
        }

        if (!string.IsNullOrWhiteSpace(rel) && !RelText.TryParseExpectation(rel, out qualifiers, out error))
            return false;

        if (anchor is not null && UnicodeText.FirstNoncharacter(anchor) is { } codePoint)
        {
            error = $"The anchor holds {codePoint}, which is no character. Take it out.";
            return false;
        }

        error = null;
        expectation = new Expectation
        {
            Target = url,
            Match = mode,
            Rel = qualifiers,
            Anchor = string.IsNullOrWhiteSpace(anchor) ? Expected<string>.Any : Expected<string>.Exactly(anchor.Trim()),
            Placement = Expected<Engine.Reading.Placement>.Any,
            Indexable = Expected<bool>.Exactly(true),
        };
        return true;
    }
}
