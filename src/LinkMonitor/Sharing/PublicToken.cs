using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Sharing;

/// <summary>
/// What the token of a public address says: what it opens, of which generation of its project, and until when. As text it is readable, with
/// a signature over
/// all of it, its purpose and the key's version: letters, digits, <c>-</c> and <c>_</c> with one dot.
/// </summary>
/// <param name="Generation">Null for a token that was made before tokens had one, and had no end either.</param>
/// <param name="ExpiresAt">To the second; null for never.</param>
internal sealed record PublicToken(PublicThing Thing, int? Generation, DateTimeOffset? ExpiresAt)
{
    private const int SignatureBytes = 24;
    private const int MaxLength = 400;

    // The end of the year 9999, beyond which .NET knows no time.
    private const long LastSecond = 253_402_300_799;

    private string Content => Generation is { } generation
        ? string.Create(CultureInfo.InvariantCulture, $"{Thing.Project.Value}\n{Thing.Id}\n{generation}\n{ExpiresAt?.ToUnixTimeSeconds()}")
        : $"{Thing.Project.Value}\n{Thing.Id}";

    private string Label => Generation is null ? "public address" : "public address 2";

    public string Write(SigningKey key) =>
        $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Content))}.{Base64Url.EncodeToString(Sign(key))}";

    /// <summary>
    /// What a token says, whether or not it is still good; null when it is cut, altered, of another purpose or of another installation.
    /// </summary>
    public static PublicToken? Read(string token, PublicPurpose purpose, SigningKey key)
    {
        var dot = token.IndexOf('.', StringComparison.Ordinal);
        if (token.Length > MaxLength || dot < 0 || !Base64Url.IsValid(token.AsSpan(0, dot)) || !Base64Url.IsValid(token.AsSpan(dot + 1)))
            return null;

        // Written again and compared whole, so that no second spelling of a token opens anything.
        return Parse(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token.AsSpan(0, dot))).Split('\n'), purpose) is { } read
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(read.Write(key)), Encoding.UTF8.GetBytes(token))
                ? read
                : null;
    }

    /// <summary>Whether a token was made here, for any purpose.</summary>
    public static bool IsSigned(string token, SigningKey key) => Enum.GetValues<PublicPurpose>().Any(purpose => Read(token, purpose, key) is not null);

    private static PublicToken? Parse(string[] parts, PublicPurpose purpose) => parts switch
    {
        [var project, var id] => new PublicToken(new PublicThing(purpose, new ProjectId(project), id), null, null),
        [var project, var id, var generation, ""] when Number(generation) is <= int.MaxValue and var number =>
            new PublicToken(new PublicThing(purpose, new ProjectId(project), id), (int)number, null),
        [var project, var id, var generation, var end]
            when Number(generation) is <= int.MaxValue and var number && Number(end) is <= LastSecond and var seconds =>
            new PublicToken(new PublicThing(purpose, new ProjectId(project), id), (int)number, DateTimeOffset.FromUnixTimeSeconds(seconds)),
        _ => null,
    };

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private byte[] Sign(SigningKey key) => HMACSHA256.HashData(
        key.Secret.Span,
        Encoding.UTF8.GetBytes(FormattableString.Invariant(
            $"{Label}\n{key.Version}\n{WireName.Of(Thing.Purpose)}\n{Content}")))[..SignatureBytes];
}
