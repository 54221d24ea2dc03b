using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Identity;

/// <summary>
/// What is remembered of a page as it was when its link was last seen on it: enough to tell later whether an answer is that page. Small:
/// about 2 KB.
/// </summary>
public sealed record KnownPage
{
    /// <summary>Titles and headings are cut here, in characters.</summary>
    public const int LongestName = 300;

    /// <summary>No more cookies than this are kept by name.</summary>
    public const int MostCookies = 20;

    /// <summary>After redirects; cut at 2,083 characters.</summary>
    public required string FinalUrl { get; init; }

    /// <summary>Empty for none; null when only a row of an earlier version is known that does not say.</summary>
    public string? Title { get; init; }

    /// <summary>The main heading; empty for none, null when it is not known.</summary>
    public string? Heading { get; init; }

    /// <summary>Of all its visible text, in characters.</summary>
    public required int TextLength { get; init; }

    /// <summary>Of the text outside menus, heads and feet, in characters; null when it is not known.</summary>
    public int? MainLength { get; init; }

    /// <summary>Of its running text, in characters; null when it is not known.</summary>
    public int? ProseLength { get; init; }

    /// <summary>Of all its links.</summary>
    public required int LinkCount { get; init; }

    /// <summary>See <see cref="TextSample"/>; null when it is not known, empty for a page without text.</summary>
    public string? Text { get; init; }

    /// <summary>A part of the page was to be fetched by a script even then.</summary>
    public bool HadLazyPart { get; init; }

    /// <summary>The names of the cookies it set.</summary>
    public IReadOnlyList<string> Cookies { get; init; } = [];

    /// <summary>
    /// Hashes of the links to the target's site that were on the page besides the watched link; null when that is not known. At most
    /// <see cref="SiteLinks.MostLinks"/>.
    /// </summary>
    public IReadOnlyList<string>? SiteLinks { get; init; }

    /// <summary>Without <see cref="SiteLinks"/>, which depend on the link.</summary>
    public static KnownPage Of(PageReading page, IReadOnlyList<string> cookies)
    {
        ArgumentNullException.ThrowIfNull(page);
        // Many links may be watched on one page, and all remember the same of it.
        return Made.GetValue(page, static page => Make(page)) with { Cookies = [.. cookies.Take(MostCookies)] };
    }

    private static readonly ConditionalWeakTable<PageReading, KnownPage> Made = [];

    private static KnownPage Make(PageReading page) =>
        new()
        {
            FinalUrl = Cut(page.Url.Href, MostUrl),
            Title = Cut(page.Title, LongestName),
            Heading = Cut(page.Heading, LongestName),
            TextLength = page.Text.Length,
            MainLength = page.Shape.MainText.Length,
            ProseLength = page.Shape.ProseText.Length,
            LinkCount = page.Links.Count,
            Text = TextSample.Of(TellingText(page)),
            HadLazyPart = page.Shape.LazyPart is not null || page.ShellRoot is not null,
        };

    // What is the page's own is in its running text; a page without any has only what it shares with others.
    private static string TellingText(PageReading page) => page.Shape switch
    {
        { ProseText.Length: >= TextSample.ShortestMain } shape => shape.ProseText,
        { MainText.Length: >= TextSample.ShortestMain } shape => shape.MainText,
        _ => page.Text,
    };

    private const int MostUrl = 2_083;

    private static string Cut(string text, int longest) =>
        text.Length <= longest ? text : text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];
}

/// <summary>The links of a page to one site, as marks that show later which of them are new.</summary>
public static class SiteLinks
{
    /// <summary>No more are kept; the first of the page.</summary>
    public const int MostLinks = 200;

    // 48 bits: among the links of a page, two that collide are one page in ten billion.
    private const int HashLength = 6;

    /// <summary>Every link of the page to the target's site that is not the target itself, each once.</summary>
    public static IReadOnlyList<string> Of(PageReading page, WebUrl target, IEnumerable<PageLink> own)
    {
        ArgumentNullException.ThrowIfNull(page);
        var ours = own.Select(link => link.Ordinal).ToHashSet();
        return
        [
            .. page.Links
                .Where(link => !ours.Contains(link.Ordinal) && link.Url is { IsHttp: true } url && TargetMatcher.IsSameSite(target, url))
                .Select(link => MarkOf(link.Url!))
                .Distinct()
                .Take(MostLinks),
        ];
    }

    /// <summary>The mark of one link: links that are the same target have one mark.</summary>
    public static string MarkOf(WebUrl url)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(UrlKeys.TargetKey(url)), hash);
        return Base64Url.EncodeToString(hash[..HashLength]);
    }
}
