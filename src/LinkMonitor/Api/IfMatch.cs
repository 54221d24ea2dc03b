using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace LinkMonitor.Api;

/// <summary>
/// Entity tags, and answers that the caller may have already (<c>If-None-Match</c>, RFC 9110, section 13.1.2). Whether a tag is weak is not
/// looked at: a proxy that compresses makes each one weak.
/// </summary>
internal static class EntityTags
{
    // 128 bits of SHA-256.
    private const int HashLength = 32;

    /// <summary>A strong tag: another one for other bytes.</summary>
    public static EntityTagHeaderValue Of(ReadOnlySpan<byte> content) =>
        new($"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..HashLength]}\"");

    /// <summary>The tag that <see cref="IsKnown"/> gives for a validator.</summary>
    public static EntityTagHeaderValue Weak(string validator) => new($"\"{validator}\"", isWeak: true);

    /// <summary>
    /// Gives the answer its tag, and says whether the request names it. A weak one: what is answered is the same, whatever the bytes (RFC
    /// 9110, section 8.8.1).
    /// </summary>
    /// <param name="validator">Without quotes.</param>
    public static bool IsKnown(HttpContext context, string validator)
    {
        var tag = Weak(validator);
        context.Response.GetTypedHeaders().ETag = tag;
        return context.Request.GetTypedHeaders().IfNoneMatch
            .Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(tag, useStrongComparison: false));
    }
}

/// <summary>
/// Which version of a thing a change is meant for (<c>If-Match</c>, RFC 9110, section 13.1.1), so that nobody overwrites what they have not
/// seen.
/// </summary>
/// <param name="Versions">Those that it names; null for any.</param>
internal sealed record IfMatch(IReadOnlyList<string>? Versions)
{
    // 64 bits: a version is only ever compared with the few of one thing.
    private const int VersionLength = 16;

    /// <summary>The change is meant for whatever is there.</summary>
    public static IfMatch Any { get; } = new((IReadOnlyList<string>?)null);

    /// <summary>What is wrong with a request's header; null when nothing is, or there is none. RFC 9110, section 13.1.1.</summary>
    public static string? Problem(HttpRequest request)
    {
        var given = request.Headers.IfMatch;
        return given.Count == 0 || (EntityTagHeaderValue.TryParseStrictList([.. given.OfType<string>()], out var tags) && tags.Count > 0)
            ? null
            : "Write the version in quotes, as the ETag of an answer has it, for example \"1a2b3c\", several with commas between, or *.";
    }

    /// <summary>What a request says: any version without the header. <see cref="Problem"/> has been asked for before.</summary>
    public static IfMatch Of(HttpRequest request)
    {
        if (request.Headers.IfMatch.Count == 0)
            return Any;
        var tags = request.GetTypedHeaders().IfMatch;
        return tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any))
            ? Any
            : new IfMatch([.. tags.Where(tag => !tag.IsWeak).Select(tag => tag.Tag.ToString().Trim('"'))]);
    }

    /// <summary>One version, for example from a hidden field of a form.</summary>
    public static IfMatch Of(string version) => new([version]);

    /// <summary>
    /// A version that is another one whenever what people set is, and the same after everything else: no check of a link stands in the way
    /// of an edit.
    /// </summary>
    public static string VersionOf<T>(T settings, JsonTypeInfo<T> shape) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(settings, shape)))[..VersionLength];

    public bool Allows(string? version) => Versions is null || (version is not null && Versions.Contains(version, StringComparer.Ordinal));

    /// <summary>Says in an answer which version it shows.</summary>
    public static void Tell(HttpResponse response, string? version) =>
        response.Headers.ETag = version is null ? default : $"\"{version}\"";

    /// <summary>412: somebody changed it since.</summary>
    public static ProblemHttpResult Refused() => TypedResults.Problem(
        statusCode: StatusCodes.Status412PreconditionFailed,
        title: "It was changed since you read it.",
        detail: "Nothing was changed. Read it again, and repeat with the new version in If-Match.");
}

/// <summary>
/// The header by which a repeated request is the same thing and not another one: any text of the caller's, up to 200 characters.
/// </summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    private const int MaxLength = 200;

    /// <summary>The key; null for none, which blanks are too.</summary>
    /// <param name="errors">Told when it is too long.</param>
    public static string? Read(string? given, FieldErrors errors)
    {
        if (given is { Length: > MaxLength })
            errors.Add(Header, $"At most {MaxLength} characters; it has {given.Length}.");
        return string.IsNullOrWhiteSpace(given) ? null : given;
    }

    /// <summary>409: it stands for something else.</summary>
    /// <param name="detail">What for, and that nothing was done.</param>
    public static ProblemHttpResult Taken(string detail) => Problems.Conflict("The Idempotency-Key was used before.", detail);
}
