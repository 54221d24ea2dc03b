using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Fetching;

/// <summary>Short marks that are equal when what they stand for is: 128 bits of a SHA-256, 22 characters.</summary>
internal static class Fingerprint
{
    private const int HashLength = 16;

    public static string Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return Base64Url.EncodeToString(hash[..HashLength]);
    }

    /// <param name="lines">None holds a line break.</param>
    public static string Of(IEnumerable<string> lines) => Of(Encoding.UTF8.GetBytes(string.Join('\n', lines)));

    /// <summary>The way to a URL: every redirect with its status, and the URL.</summary>
    public static string OfRoute(IEnumerable<Redirect> redirects, WebUrl url) => Of(
    [
        .. redirects.Select(redirect => string.Create(CultureInfo.InvariantCulture, $"{redirect.Status} {redirect.Url.WithoutFragment()}")),
        url.WithoutFragment().Href,
    ]);
}
