using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Identity;

/// <summary>The links of a page to one site, as marks by which can be told later which of them are new.</summary>
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
