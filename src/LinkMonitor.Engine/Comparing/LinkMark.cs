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

    public static string HostOf(WebUrl url)
    {
        var host = url.Host ?? "";
        return host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Key}{(int)Qualifiers}");

    private static string KeyOf(WebUrl url)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(HostOf(url) + url.Path.TrimEnd('/')), hash);
        return Base64Url.EncodeToString(hash[..HashLength]);
    }
}
