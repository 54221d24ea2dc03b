using Microsoft.AspNetCore.Http.HttpResults;

namespace LinkMonitor.Api;

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
