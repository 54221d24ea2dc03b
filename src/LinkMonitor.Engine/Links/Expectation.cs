using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Links;

/// <summary>What a watched link should look like. Every part but the target is "as first seen" unless said otherwise.</summary>
public sealed record Expectation
{
    /// <summary>Where the link should point: an absolute http or https URL.</summary>
    public required WebUrl Target { get; init; }

    /// <summary>How close a link must come to <see cref="Target"/>; <see cref="TargetMatch.Page"/> by default.</summary>
    public TargetMatch Match { get; init; } = TargetMatch.Page;

    /// <summary>
    /// The qualifying rel tokens. Exactly <see cref="RelQualifiers.None"/> means a followed link, page-level nofollow included.
    /// </summary>
    public Expected<RelQualifiers> Rel { get; init; }

    /// <summary>The anchor text; compared after folding white space and case. For an image link its alternative text.</summary>
    public Expected<string> Anchor { get; init; }

    /// <summary>The part of the page that holds the link.</summary>
    public Expected<Placement> Placement { get; init; }

    /// <summary>Whether the page may be indexed (no noindex).</summary>
    public Expected<bool> Indexable { get; init; }
}

/// <summary>What the first observation that found the link saw; stands in for every part that is expected "as first seen".</summary>
public sealed record Baseline
{
    public required RelQualifiers Rel { get; init; }

    public required string Anchor { get; init; }

    public required Placement Placement { get; init; }

    public required bool Hidden { get; init; }

    /// <summary>False when the page said noindex or none.</summary>
    public required bool Indexable { get; init; }

    /// <summary>True when the page itself said nofollow or none.</summary>
    public required bool PageNofollow { get; init; }

    /// <summary>True when robots.txt kept Googlebot out of the page.</summary>
    public bool GoogleDisallowed { get; init; }

    /// <summary>True when the page named another one as its canonical, and the link was not there.</summary>
    public bool IsMissingOnCanonical { get; init; }

    /// <summary>The URL that the target redirected to; null when it did not, or that was not known.</summary>
    public string? TargetLeadsTo { get; init; }

    /// <summary>
    /// No check has seen the target yet, so that <see cref="TargetLeadsTo"/> says nothing; the first one that does sets it.
    /// </summary>
    public bool IsTargetUnknown { get; init; }

    /// <summary>When that observation was made.</summary>
    public required DateTimeOffset SeenAt { get; init; }
}

/// <summary>One part of an <see cref="Expectation"/>: a value, whatever the first observation saw, or no matter what.</summary>
/// <typeparam name="T">The type of the watched property.</typeparam>
public readonly record struct Expected<T> where T : notnull
{
    private Expected(ExpectedKind kind, T? value)
    {
        Kind = kind;
        Value = value;
    }

    /// <summary>Which of the three; <see cref="ExpectedKind.AsFirstSeen"/> by default.</summary>
    public ExpectedKind Kind { get; }

    /// <summary>The expected value; meaningful only for <see cref="ExpectedKind.Exactly"/>.</summary>
    public T? Value { get; }

    /// <summary>The value of the first observation that found the link (the baseline).</summary>
    public static Expected<T> AsFirstSeen => default;

    /// <summary>The property is not watched.</summary>
    public static Expected<T> Any => new(ExpectedKind.Any, default);

    /// <summary>Exactly <paramref name="value"/>.</summary>
    public static Expected<T> Exactly(T value) => new(ExpectedKind.Exactly, value);
}

/// <summary>The three ways to expect something of a property.</summary>
[JsonConverter(typeof(WireNameJsonConverter<ExpectedKind>))]
public enum ExpectedKind
{
    /// <summary>As the first observation that found the link.</summary>
    AsFirstSeen,

    /// <summary>Not watched.</summary>
    Any,

    /// <summary>One given value.</summary>
    Exactly,
}

/// <summary>The part of a page that holds a link.</summary>
[JsonConverter(typeof(WireNameJsonConverter<Placement>))]
public enum Placement
{
    Main,
    Nav,
    Header,
    Footer,
    Aside,
    Comments,
}

/// <summary>The parts of an <see cref="Expectation"/> that may be left to something else.</summary>
[Flags]
public enum ExpectationParts
{
    None = 0,
    Rel = 1,
    Anchor = 2,
    Placement = 4,
    Indexable = 8,
}

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
