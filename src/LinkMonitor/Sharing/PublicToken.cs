using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Sharing;

/// <summary>
/// Tokens of public addresses: what they open, readable, and a signature over it, its purpose and the key's version. Letters, digits, <c>-</c> and
/// <c>_</c> with one dot.
/// </summary>
internal static class PublicToken
{
    private const int SignatureBytes = 24;
    private const int MaxLength = 400;

    public static string Write(PublicThing thing, SigningKey key) =>
        $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Content(thing)))}.{Base64Url.EncodeToString(Sign(thing, key))}";

    /// <summary>What a token opens; null when it is cut, altered, of another purpose, of another installation or revoked.</summary>
    public static PublicThing? Read(string token, PublicPurpose purpose, SigningKey key)
    {
        var dot = token.IndexOf('.', StringComparison.Ordinal);
        if (token.Length > MaxLength || dot < 0 || !Base64Url.IsValid(token.AsSpan(0, dot)) || !Base64Url.IsValid(token.AsSpan(dot + 1)))
            return null;
        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token.AsSpan(0, dot))).Split('\n');
        if (parts is not [var project, var id])
            return null;

        var thing = new PublicThing(purpose, new ProjectId(project), id);
        // Written again and compared whole, so that no second spelling of a token opens anything.
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Write(thing, key)), Encoding.UTF8.GetBytes(token)) ? thing : null;
    }

    private static string Content(PublicThing thing) => $"{thing.Project.Value}\n{thing.Id}";

    private static byte[] Sign(PublicThing thing, SigningKey key) => HMACSHA256.HashData(
        key.Secret.Span,
        Encoding.UTF8.GetBytes(FormattableString.Invariant($"public address\n{key.Version}\n{WireName.Of(thing.Purpose)}\n{Content(thing)}")))[..SignatureBytes];
}
