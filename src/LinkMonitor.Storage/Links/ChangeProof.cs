using System.Security.Cryptography;
using System.Text;

namespace LinkMonitor.Storage.Links;

/// <summary>A change with its evidence to the letter as it is stored, so that whoever has the text can compare its hash.</summary>
/// <param name="Before">JSON; null at the first observation.</param>
/// <param name="After">JSON.</param>
public sealed record ChangeProof(LinkChange Change, string? Before, string After)
{
    /// <summary>SHA-256 of <see cref="Before"/> in UTF-8, 64 lower-case hexadecimal digits; null without it.</summary>
    public string? BeforeHash => Before is null ? null : Hash(Before);

    /// <summary>As <see cref="BeforeHash"/>, of <see cref="After"/>.</summary>
    public string AfterHash => Hash(After);

    private static string Hash(string json) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)));
}
