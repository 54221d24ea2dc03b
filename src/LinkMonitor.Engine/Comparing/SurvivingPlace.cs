using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Comparing;

/// <summary>Finds where a vanished link stood, by what is left of the text around it.</summary>
internal static class SurvivingPlace
{
    /// <summary>So much text around a link is kept on each side, in characters.</summary>
    public const int ContextLength = 120;

    // Shorter pieces ("Read more") stand anywhere.
    internal const int ShortestPiece = 20;

    // All of what stood on one side, at the beginning or the end of a short page.
    internal const int ShortestWhole = 8;

    // How closely the edge of what survived is looked for, in characters.
    private const int EdgeStep = 3;

    // A paragraph may have been rewritten between its surviving ends; further apart they are two accidents.
    private const int WidestGap = 600;

    /// <summary>The text around the place, at most 360 characters; null when nothing recognisable survived.</summary>
    /// <param name="text">The page's text now.</param>
    /// <param name="before">What stood before the link when it was last seen.</param>
    /// <param name="after">What stood after it.</param>
    public static string? Excerpt(string text, string before, string after)
    {
        var head = EndOf(text, before);
        var tail = head is { } end ? StartOf(text, after, end) : null;
        if (head is { } from && tail is { } to && to - from <= WidestGap)
            return Cut(text, from - ContextLength, to + ContextLength);
        if (head is { } only)
            return Cut(text, only - ContextLength, only + ContextLength);
        return StartOf(text, after, 0) is { } start ? Cut(text, start - ContextLength, start + ContextLength) : null;
    }

    /// <summary>Whether what stood on both sides of the link stands there still, side by side or with a sentence between.</summary>
    public static bool IsWhole(string text, string before, string after) =>
        EndOf(text, before) is { } end && StartOf(text, after, end) is { } start && start - end <= WidestGap;

    /// <summary>
    /// What stands between the neighbours of the link that are still there: from where to where in the text. What stood next to the link
    /// may have gone with it. Null when one side is gone, or when too much stands between for one place.
    /// </summary>
    public static (int From, int To)? Gap(string text, string before, string after)
    {
        if (LeftEdge(text, before) is not var (first, piece) || RightEdge(text, after, first) is not { } to)
            return null;

        // A text that repeats itself has several such places: the nearest to the right side counts.
        var from = piece.Length == 0 ? first : text.LastIndexOf(piece, to - 1, StringComparison.Ordinal) + piece.Length;
        return to - from <= WidestGap ? (from, to) : null;
    }

    /// <summary>Where what is left of the left side ends first, and the longest piece of it that is.</summary>
    private static (int End, string Piece)? LeftEdge(string text, string before)
    {
        if (before.Length < ShortestPiece)
            return text.StartsWith(before, StringComparison.Ordinal) ? (before.Length, "") : null;
        for (var end = before.Length; end >= ShortestPiece; end -= EdgeStep)
        {
            for (var length = end; length >= ShortestPiece; length = length * 2 / 3)
            {
                var piece = before[(end - length)..end];
                if (text.IndexOf(piece, StringComparison.Ordinal) is >= 0 and var at)
                    return (at + length, piece);
            }
        }

        return null;
    }

    private static int? RightEdge(string text, string after, int from)
    {
        if (after.Length < ShortestPiece)
            return text.EndsWith(after, StringComparison.Ordinal) && text.Length - after.Length >= from ? text.Length - after.Length : null;
        for (var skipped = 0; after.Length - skipped >= ShortestPiece; skipped += EdgeStep)
        {
            if (StartOf(text, after[skipped..], from) is { } start)
                return start;
        }

        return null;
    }

    /// <summary>Where the longest surviving end of a text ends.</summary>
    private static int? EndOf(string text, string piece)
    {
        for (var length = piece.Length; length >= ShortestPiece; length = length * 2 / 3)
        {
            var end = piece[^length..];
            if (text.IndexOf(end, StringComparison.Ordinal) is >= 0 and var at)
                return at + length;
        }

        return null;
    }

    /// <summary>Where the longest surviving beginning of a text begins.</summary>
    private static int? StartOf(string text, string piece, int from)
    {
        for (var length = piece.Length; length >= ShortestPiece; length = length * 2 / 3)
        {
            if (text.IndexOf(piece[..length], from, StringComparison.Ordinal) is >= 0 and var at)
                return at;
        }

        return null;
    }

    private static string Cut(string text, int from, int to)
    {
        const int Longest = 3 * ContextLength;
        from = Math.Max(from, 0);
        to = Math.Min(to, text.Length);
        return to - from <= Longest
            ? LinkSurroundings.Slice(text, from, to)
            : $"{LinkSurroundings.Slice(text, from, from + (Longest / 2) - 2)} … "
                + $"{LinkSurroundings.Slice(text, to - (Longest / 2) + 2, to)}";
    }
}

/// <summary>Where a link stands on its page, and the text beside it, by which its place can be found again when it is gone.</summary>
public static class LinkSurroundings
{
    // As much as a longer comment or a shorter teaser moves it.
    private const double FarthestDrift = 0.15;

    /// <summary>At most 120 characters before the link.</summary>
    public static string Before(PageReading page, PageLink link) =>
        Slice(page.Text, link.TextStart - SurvivingPlace.ContextLength, link.TextStart);

    /// <summary>At most 120 characters after the link.</summary>
    public static string After(PageReading page, PageLink link) =>
        Slice(page.Text, link.TextEnd, link.TextEnd + SurvivingPlace.ContextLength);

    /// <summary>How far down the text the link stands: 0 at its beginning, 1 at its end; 0 on a page without text.</summary>
    public static double Share(PageReading page, PageLink link) =>
        page.Text.Length == 0 ? 0 : Math.Round(Math.Min(1, (double)link.TextStart / page.Text.Length), 3);

    /// <summary>
    /// Whether a link stands where another one stood: the text on one side of it at least is the same, and there was none that could differ
    /// on the other.
    /// </summary>
    /// <param name="before">What stood before the other link.</param>
    /// <param name="after">What stood after it.</param>
    internal static bool IsSamePlace(PageReading page, PageLink link, string before, string after)
    {
        var (left, right) = (Before(page, link), After(page, link));
        if (before.Length + after.Length == 0)
            return left.Length + right.Length == 0;
        return IsShared(before, left, fromEnd: true) || IsShared(after, right, fromEnd: false);
    }

    /// <summary>Whether a link stands where it stood: with the same text on both sides, as far down the page.</summary>
    /// <param name="place">Where it stood.</param>
    internal static bool HasStayed(PageReading page, PageLink link, PlaceOnPage place) =>
        IsSameSide(place.Before, Before(page, link), fromEnd: true) && IsSameSide(place.After, After(page, link), fromEnd: false)
            && Math.Abs(Share(page, link) - place.TextShare) <= FarthestDrift;

    private static bool IsSameSide(string one, string other, bool fromEnd) =>
        one.Length + other.Length == 0 || IsShared(one, other, fromEnd);

    internal static bool IsShared(string one, string other, bool fromEnd)
    {
        var length = Math.Min(Math.Min(one.Length, other.Length), SurvivingPlace.ContextLength);
        var shared = 0;
        while (shared < length && (fromEnd ? one[^(shared + 1)] == other[^(shared + 1)] : one[shared] == other[shared]))
            shared++;
        return shared >= SurvivingPlace.ShortestPiece || (shared == one.Length && shared >= SurvivingPlace.ShortestWhole);
    }

    /// <summary>How many of the page's links lead to another host than its own ("www." ignored).</summary>
    public static int ExternalLinks(PageReading page)
    {
        var host = LinkMark.HostOf(page.Url);
        return page.Links.Count(link => link.Url is { IsHttp: true } url && LinkMark.HostOf(url) != host);
    }

    /// <summary>A part of a text, within its bounds, without half a character at either end.</summary>
    internal static string Slice(string text, int from, int to)
    {
        from = Math.Clamp(from, 0, text.Length);
        to = Math.Clamp(to, from, text.Length);
        if (from < to && char.IsLowSurrogate(text[from]))
            from++;
        if (from < to && char.IsHighSurrogate(text[to - 1]))
            to--;
        return text[from..to].Trim();
    }
}

/// <summary>One link of a fingerprint: where it leads, as a hash, and how it is qualified.</summary>
internal readonly record struct LinkMark(string Key, RelQualifiers Qualifiers)
{
    // 48 bits: among the 200 links of a page, two that collide are one page in ten billion.
    private const int HashLength = 6;
    private const int KeyLength = 8;

    /// <param name="link">A link with an http or https URL.</param>
    public static LinkMark Of(PageLink link) => new(KeyOf(link.Url!), link.Qualifiers);

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static LinkMark Parse(string text) =>
        new(text[..KeyLength], (RelQualifiers)int.Parse(text.AsSpan(KeyLength), CultureInfo.InvariantCulture));

    public static string HostOf(WebUrl url) => WwwPrefix.Remove(url.Host);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Key}{(int)Qualifiers}");

    private static string KeyOf(WebUrl url)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(HostOf(url) + url.Path.TrimEnd('/')), hash);
        return Base64Url.EncodeToString(hash[..HashLength]);
    }
}

/// <summary>
/// A fingerprint of a page's links to other hosts than its own and the watched link's: enough to say later which of them are still there.
/// </summary>
public sealed record OutboundLinks
{
    /// <summary>No more links than this are kept; the first of the page.</summary>
    public const int MostLinks = 200;

    /// <summary>
    /// Each distinct link once, in document order: a hash of its host ("www." ignored) and path, and one digit for the qualifying rel
    /// tokens. Links that differ in scheme, query or fragment only are one.
    /// </summary>
    public required IReadOnlyList<string> Links { get; init; }

    /// <param name="page">The page that carries the watched link.</param>
    /// <param name="own">The watched link as it was found.</param>
    public static OutboundLinks Of(PageReading page, PageLink own)
    {
        string?[] ownHosts = [LinkMark.HostOf(page.Url), own.Url is { } url ? LinkMark.HostOf(url) : null];
        var marks = page.Links
            .Where(link => link.Url is { IsHttp: true } && !ownHosts.Contains(LinkMark.HostOf(link.Url)))
            .Select(LinkMark.Of)
            .DistinctBy(mark => mark.Key)
            .Take(MostLinks);
        return new OutboundLinks { Links = [.. marks.Select(mark => mark.ToString())] };
    }
}

/// <summary>Where a link stands on its page.</summary>
/// <param name="Before">At most 120 characters of the page's text before it.</param>
/// <param name="After">At most 120 characters after it.</param>
/// <param name="TextShare">How far down the page's text, 0 to 1.</param>
public readonly record struct PlaceOnPage(string Before, string After, double TextShare);
