using System.Buffers;
using System.Text;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Reading.Outlines;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Judging.Walls;

/// <summary>Looks for the marks of <see cref="WallMarkTable"/> in an answer.</summary>
internal static class WallFinder
{
    /// <summary>A page with more links than this is no challenge, whatever its title.</summary>
    private const int MaxLinks = 10;

    /// <summary>Nor is a page with more text than this, in characters: the longest explain themselves in a screenful.</summary>
    private const int MaxText = 3_000;

    /// <summary>A question for consent comes with its languages, terms and partners.</summary>
    private const int MaxConsentLinks = 100;

    private const int MaxConsentText = 6_000;

    /// <summary>A text longer than this that shows a mark to its readers talks about it.</summary>
    private const int MaxMessage = 500;

    private static readonly char[] TitleEnds = [' ', '.', '…', '!', '?'];

    /// <summary>Where pages show their signs; an article of megabytes about bot walls is not searched through.</summary>
    public const int MaxSearched = 256 * 1024;

    /// <summary>The marks that stand in a page's source. All are ASCII.</summary>
    public static SourceMarks MarksInBody { get; } =
        new([.. WallMarkTable.All.Where(mark => mark.Place is WallPlace.Body).Select(mark => mark.Value)]);

    /// <summary>The wall that the headers tell of; null for none.</summary>
    public static Wall? ByHeaders(ResponseHeaders headers) =>
        WallMarkTable.All.FirstOrDefault(mark => mark.Place is WallPlace.Header && Fits(mark, headers)) is { } mark
            ? ToWall(mark, true)
            : null;

    /// <summary>The wall that the content and the way to it tell of; null for none. A proof counts before a hint.</summary>
    public static Wall? ByContent(FetchedResponse response, PageReading reading)
    {
        var source = response.Body.Span[..Math.Min(response.Body.Length, MaxSearched)];
        Wall? found = null;
        var (inBody, next) = (FindInBody(source), 0);
        foreach (var mark in WallMarkTable.All)
        {
            var isThere = mark.Place is WallPlace.Body ? inBody[next++] : Fits(mark, response, reading);
            if (!isThere || IsArticle(mark, reading))
                continue;
            var isProven = mark.IsProof && mark.Place switch
            {
                WallPlace.Host or WallPlace.Url => response.Redirects.Count > 0,
                WallPlace.RedirectPath => false,
                _ => mark.Kind is not (WallKind.Parking or WallKind.Closed) && IsLittle(mark, reading) && !IsTalkedAbout(mark, reading),
            };
            if (isProven)
                return ToWall(mark, true);
            found ??= ToWall(mark, false);
        }

        return found;
    }

    /// <summary>For each of <see cref="MarksInBody"/> whether it is there, in one pass over the source.</summary>
    private static bool[] FindInBody(ReadOnlySpan<byte> source)
    {
        var text = ArrayPool<char>.Shared.Rent(Math.Max(source.Length, 1));
        try
        {
            return MarksInBody.Find(text.AsSpan(0, Encoding.Latin1.GetChars(source, text)));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(text);
        }
    }

    /// <summary>Whether the answer came from a URL that is known for a wall.</summary>
    public static bool IsWallUrl(FetchedResponse response) =>
        WallMarkTable.All.Any(mark => mark.Place is WallPlace.Host or WallPlace.Url or WallPlace.RedirectPath && IsAt(mark, response));

    private static bool IsLittle(WallMark mark, PageReading reading) => mark.Kind is WallKind.Consent
        ? reading.Links.Count <= MaxConsentLinks && reading.Text.Length <= MaxConsentText
        : reading.Links.Count <= MaxLinks && reading.Text.Length <= MaxText;

    // A question for consent counts whatever the size of the page, so what is too much for one is none.
    private static bool IsArticle(WallMark mark, PageReading reading) =>
        mark is { Kind: WallKind.Consent, Place: WallPlace.Body or WallPlace.TitleStart } && !IsLittle(mark, reading);

    private static bool IsTalkedAbout(WallMark mark, PageReading reading) =>
        mark.Place is WallPlace.Body && reading.Text.Length > MaxMessage && reading.Text.Contains(mark.Value, StringComparison.Ordinal);

    private static Wall ToWall(WallMark mark, bool isProven) => new(mark.Kind, mark.Vendor, isProven)
    {
        IsName = mark.Place is WallPlace.Title or WallPlace.TitleStart,
    };

    private static bool Fits(WallMark mark, ResponseHeaders headers)
    {
        var colon = mark.Value.IndexOf(": ", StringComparison.Ordinal);
        var value = mark.Value[(colon + 2)..];
        return headers.Values(mark.Value[..colon]).Any(field => field.Trim().Equals(value, StringComparison.OrdinalIgnoreCase));
    }

    private static bool Fits(WallMark mark, FetchedResponse response, PageReading reading) => mark.Place switch
    {
        WallPlace.Title => reading.Title.TrimEnd(TitleEnds).Equals(mark.Value.TrimEnd(TitleEnds), StringComparison.OrdinalIgnoreCase),
        WallPlace.TitleStart => StartsWithWords(reading.Title, mark.Value),
        WallPlace.AfterHostInTitle => Domains(response.Url.Host).Any(domain => IsInName(mark, $"{domain} {mark.Value}", reading)),
        WallPlace.InTitle => IsInName(mark, mark.Value, reading),
        _ => IsAt(mark, response),
    };

    // Who sells a domain has its name for a title, and says what there is to say in the heading.
    private static bool IsInName(WallMark mark, string words, PageReading reading) =>
        reading.Title.Contains(words, StringComparison.OrdinalIgnoreCase)
        || (mark.Kind is WallKind.Parking && reading.Heading.Contains(words, StringComparison.OrdinalIgnoreCase));

    private static bool IsAt(WallMark mark, FetchedResponse response) => mark.Place switch
    {
        WallPlace.Host => IsNewHost(response) && Sites.Has(mark.Value, response.FinalUrl.Host),
        WallPlace.Url => IsNewHost(response)
            && (response.FinalUrl.Host + response.FinalUrl.Path).StartsWith(mark.Value, StringComparison.OrdinalIgnoreCase),
        WallPlace.RedirectPath =>
            response.Redirects.Count > 0 && EndsIn(response.FinalUrl, mark.Value) && !EndsIn(response.Url, mark.Value),
        _ => false,
    };

    // "Before you continue to Googletown" is no "Before you continue to Google".
    private static bool StartsWithWords(string title, string words) =>
        title.StartsWith(words, StringComparison.OrdinalIgnoreCase)
        && (title.Length == words.Length || !char.IsLetterOrDigit(title[words.Length]) || !char.IsLetterOrDigit(words[^1]));

    /// <summary>A host and the domains above it, down to two labels.</summary>
    private static IEnumerable<string> Domains(string? host)
    {
        for (var domain = host; domain is not null
            && domain.Contains('.', StringComparison.Ordinal); domain = domain[(domain.IndexOf('.', StringComparison.Ordinal) + 1)..])
            yield return domain;
    }

    // A page that is watched on such a host is a page.
    private static bool IsNewHost(FetchedResponse response) => response.FinalUrl.Host is { } host && host != response.Url.Host;

    private static bool EndsIn(WebUrl url, string path) => url.Path.TrimEnd('/').EndsWith(path, StringComparison.OrdinalIgnoreCase);
}

/// <summary>One sign that an answer is not the page.</summary>
/// <param name="Value">By <see cref="WallPlace"/>.</param>
/// <param name="Vendor">Who puts it there.</param>
/// <param name="Source">Where this is documented, or one of the words of <see cref="WallSources"/> for marks that nobody documents.</param>
internal sealed record WallMark(WallKind Kind, WallPlace Place, string Value, string Vendor, string Source)
{
    /// <summary>
    /// Ordinary pages of the vendor's customers never carry it, so that it proves a wall by itself on a page with next to no links. Any
    /// other mark counts only when the link is missing and the page is next to empty.
    /// </summary>
    public bool IsProof { get; init; } = true;
}

/// <summary>
/// The table of signs that an answer is a bot wall, a question for consent, a login or a parked domain, and not the page itself. Every row
/// says where it is documented. Walls that answer with a status of their own (LinkedIn with 999, Kasada with 429, Akamai with 428) need no
/// row.
/// </summary>
internal static class WallMarkTable
{
    public static IReadOnlyList<WallMark> All { get; } = [
        .. ChallengeMarks.All, .. ConsentMarks.All, .. LoginMarks.All, .. ParkingMarks.All, .. RefusalMarks.All, .. ErrorMarks.All,
    ];
}

/// <summary>Where the marks are documented, by the vendor or by those who keep lists of them.</summary>
internal static class WallSources
{
    /// <summary>Several people have published answers with the mark; the vendor documents none.</summary>
    public const string Reported = "reported by several who were answered so";

    /// <summary>
    /// Nothing public confirms the mark. It counts only where a mistake does little: behind a redirect, or on a page that is next to empty.
    /// </summary>
    public const string Unconfirmed = "not confirmed";

    public const string Cloudflare =
        "https://developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages/detect-response/";
    public const string CloudflareScripts = "https://github.com/scaredos/cfresearch";
    public const string Turnstile = "https://developers.cloudflare.com/turnstile/";
    public const string Aws = "https://docs.aws.amazon.com/waf/latest/developerguide/waf-captcha-and-challenge-actions.html";
    public const string Human = "https://github.com/PerimeterX/perimeterx-python-wsgi";
    public const string Anubis = "https://github.com/TecharoHQ/anubis";
    public const string Akamai = "https://docs.hypersolutions.co/akamai-web/handling-428-status-code-sec-cpt";
    public const string SucuriScript = "https://github.com/codemanki/cloudscraper";
    public const string FlareSolverr = "https://github.com/FlareSolverr/FlareSolverr";
    public const string IsAntibot = "https://github.com/microlinkhq/is-antibot";
    public const string WafW00f = "https://github.com/EnableSecurity/wafw00f";
    public const string Yandex = "https://yandex.cloud/en/docs/smartcaptcha/";
    public const string ParkingHosts = "https://github.com/MISP/misp-warninglists/tree/main/lists/parking-domain-ns";
}
