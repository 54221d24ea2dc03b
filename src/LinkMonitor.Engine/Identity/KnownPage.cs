using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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

/// <summary>
/// A sample of a text that shows later how much of it is still there: of all pieces of ten letters the 128 with the smallest
/// hashes. A piece is in the sample whatever stands beside it, so the share of the sample that another text holds is, give or take a few
/// hundredths, the share of the text that it holds. Source: A. Broder, "On the resemblance and containment of documents" (1997),
/// https://doi.org/10.1109/SEQUEN.1997.666900
/// </summary>
internal static class TextSample
{
    /// <summary>A running or main text shorter than this, in characters, says too little: then more of the page's text counts.</summary>
    public const int ShortestMain = 200;

    private const int MostPieces = 128;

    /// <summary>Four bytes a piece in Base64Url; empty for a text of less than a piece.</summary>
    public static string Of(string text)
    {
        var smallest = new SortedSet<uint>();
        var largest = uint.MaxValue;
        using var letters = new SampledLetters(text);
        for (var piece = 0; piece < letters.Pieces; piece++)
        {
            var hash = letters.Hash(piece);
            if (hash >= largest && smallest.Count == MostPieces)
                continue;
            if (smallest.Add(hash) && smallest.Count > MostPieces)
                smallest.Remove(smallest.Max);
            if (smallest.Count == MostPieces)
                largest = smallest.Max;
        }

        var bytes = new byte[smallest.Count * sizeof(uint)];
        foreach (var (index, hash) in smallest.Index())
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(index * sizeof(uint)), hash);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>How much of the sampled text is in another, 0 to 1; null when there is no sample to look for.</summary>
    public static double? ShareIn(string? sample, string text)
    {
        if (string.IsNullOrEmpty(sample))
            return null;
        var bytes = Base64Url.DecodeFromChars(sample);
        var wanted = new HashSet<uint>(MemoryMarshal.Cast<byte, uint>(bytes).ToArray());
        if (wanted.Count == 0)
            return null;
        var (all, largest) = (wanted.Count, wanted.Max());
        using var letters = new SampledLetters(text);
        for (var piece = 0; piece < letters.Pieces && wanted.Count > 0; piece++)
        {
            var hash = letters.Hash(piece);
            if (hash <= largest)
                wanted.Remove(hash);
        }

        return (double)(all - wanted.Count) / all;
    }
}

/// <summary>
/// The letters of a text, in pooled memory, and the hashes of its pieces. Only letters and digits count, without case: markup, punctuation
/// and line breaks are no change of a text.
/// </summary>
internal readonly struct SampledLetters : IDisposable
{
    private const int PieceLength = 10;

    // Beyond this a text is not read: what an edit does shows at any place of it, and a page may have megabytes.
    private const int MostLetters = 400_000;

    private readonly char[] _letters;

    public SampledLetters(string text)
    {
        _letters = ArrayPool<char>.Shared.Rent(Math.Min(text.Length, MostLetters));
        var count = 0;
        foreach (var c in text)
        {
            if (!char.IsLetterOrDigit(c))
                continue;
            if (count == MostLetters)
                break;
            _letters[count++] = char.ToLowerInvariant(c);
        }

        Pieces = Math.Max(0, count - PieceLength + 1);
    }

    /// <summary>How many there are: one begins at every letter but the last nine.</summary>
    public int Pieces { get; }

    // FNV-1a, mixed at the end: https://datatracker.ietf.org/doc/html/draft-eastlake-fnv
    public uint Hash(int piece)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in _letters.AsSpan(piece, PieceLength))
            hash = (hash ^ c) * 1099511628211UL;
        hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCDUL;
        return (uint)(hash >> 32);
    }

    public void Dispose() => ArrayPool<char>.Shared.Return(_letters);
}

/// <summary>How much of a sampled text a page still has, worked out once for all links that remember the same sample of it.</summary>
internal static class TextShares
{
    private static readonly ConditionalWeakTable<PageReading, ConcurrentDictionary<string, double?>> Known = [];

    /// <summary>0 to 1; null when there is no sample.</summary>
    public static double? Of(string? sample, PageReading page) => string.IsNullOrEmpty(sample)
        ? null
        : Known.GetValue(page, static _ => new ConcurrentDictionary<string, double?>(StringComparer.Ordinal))
            .GetOrAdd(sample, static (sample, page) => TextSample.ShareIn(sample, page.Text), page);
}
