using System.Diagnostics.CodeAnalysis;

namespace LinkMonitor.Engine.Links;

/// <summary>Reads and writes rel tokens, as they stand in HTML and as people type them.</summary>
public static class RelText
{
    private const string Follow = "follow";
    private const string Dofollow = "dofollow";
    private const string AnyText = "any";
    private static readonly char[] Separators = [' ', '\t', '\n', '\f', '\r', ','];

    /// <summary>
    /// The tokens of a rel attribute: split on white space and commas, lower-cased, in order of appearance, each once.
    /// Source: Google allows commas besides the HTML standard's white space (qualify-outbound-links).
    /// </summary>
    public static IReadOnlyList<string> Tokens(string? rel) =>
        rel is null
            ? []
            : [.. rel.Split(Separators, StringSplitOptions.RemoveEmptyEntries).Select(token => token.ToLowerInvariant()).Distinct()];

    /// <summary>The qualifying ones among <paramref name="tokens"/>.</summary>
    public static RelQualifiers Qualifiers(IEnumerable<string> tokens)
    {
        var qualifiers = RelQualifiers.None;
        foreach (var token in tokens)
            qualifiers |= Qualifier(token);
        return qualifiers;
    }

    /// <summary>
    /// Reads an expectation as typed: <c>any</c>, <c>follow</c> (or <c>dofollow</c>), or one or more of <c>nofollow</c>,
    /// <c>sponsored</c>, <c>ugc</c> separated by spaces or commas. Other tokens beside a known one are ignored, as search engines do.
    /// </summary>
    /// <param name="error">Why the text is no expectation, and what to write instead.</param>
    public static bool TryParseExpectation(string text, out Expected<RelQualifiers> expectation, [NotNullWhen(false)] out string? error)
    {
        var tokens = Tokens(text);
        var qualifiers = Qualifiers(tokens);
        var isFollow = tokens.Contains(Follow) || tokens.Contains(Dofollow);
        var isAny = tokens.Contains(AnyText);
        expectation = isAny ? Expected<RelQualifiers>.Any : Expected<RelQualifiers>.Exactly(qualifiers);
        error = (isAny, isFollow, qualifiers) switch
        {
            (true, false, RelQualifiers.None) or (false, true, RelQualifiers.None) => null,
            (false, false, not RelQualifiers.None) => null,
            (false, false, RelQualifiers.None) =>
                $"'{text}' is not a rel expectation. Use any, follow, nofollow, sponsored, ugc, or several of the last three.",
            _ => $"'{text}' contradicts itself. Use any, follow, or one or more of nofollow, sponsored and ugc.",
        };
        return error is null;
    }

    /// <summary>
    /// An expectation as <see cref="TryParseExpectation"/> reads it; null for "as first seen".
    /// </summary>
    public static string? Write(Expected<RelQualifiers> expectation) => expectation.Kind switch
    {
        ExpectedKind.Any => AnyText,
        ExpectedKind.Exactly => Write(expectation.Value),
        _ => null,
    };

    /// <summary>Qualifiers in a fixed order separated by spaces; <c>follow</c> for none.</summary>
    public static string Write(RelQualifiers qualifiers) =>
        qualifiers == RelQualifiers.None ? Follow : string.Join(' ', Names(qualifiers));

    private static IEnumerable<string> Names(RelQualifiers qualifiers)
    {
        if (qualifiers.HasFlag(RelQualifiers.Nofollow))
            yield return "nofollow";
        if (qualifiers.HasFlag(RelQualifiers.Sponsored))
            yield return "sponsored";
        if (qualifiers.HasFlag(RelQualifiers.Ugc))
            yield return "ugc";
    }

    private static RelQualifiers Qualifier(string token) => token switch
    {
        "nofollow" => RelQualifiers.Nofollow,
        "sponsored" => RelQualifiers.Sponsored,
        "ugc" => RelQualifiers.Ugc,
        _ => RelQualifiers.None,
    };
}

/// <summary>
/// The rel tokens that tell search engines not to follow a link. Every other token (noopener, external, ...) is ignored.
/// Source: https://developers.google.com/search/docs/crawling-indexing/qualify-outbound-links
/// </summary>
[Flags]
public enum RelQualifiers
{
    /// <summary>No qualifying token: a followed link, in common speech "dofollow".</summary>
    None = 0,

    /// <summary><c>nofollow</c>: none of the other qualifiers fits, and the page does not vouch for the link.</summary>
    Nofollow = 1,

    /// <summary><c>sponsored</c>: an advertisement or a paid placement.</summary>
    Sponsored = 2,

    /// <summary><c>ugc</c>: user-generated content.</summary>
    Ugc = 4,
}
