using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Comparing;

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
