using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Azure;

namespace LinkMonitor.Storage.Tables;

/// <summary>
/// Where a query goes on: the service's two continuation headers as one opaque text, safe in a URL:
/// https://learn.microsoft.com/rest/api/storageservices/query-timeout-and-pagination.
/// </summary>
/// <param name="First">NextPartitionKey of a query for entities, NextTableName of one for tables.</param>
/// <param name="Second">NextRowKey; the service may leave it out.</param>
internal sealed record ContinuationToken(string First, string? Second)
{
    private const char Separator = '.';

    public static string? From(Response response, string firstHeader, string? secondHeader)
    {
        if (!response.Headers.TryGetValue(firstHeader, out var first) || string.IsNullOrEmpty(first))
            return null;
        var second = secondHeader is not null && response.Headers.TryGetValue(secondHeader, out var found) ? found : null;
        return new ContinuationToken(first, second).ToString();
    }

    /// <exception cref="ArgumentException">The text did not come from <see cref="ToString"/>.</exception>
    public static ContinuationToken Parse(string token)
    {
        var separator = token.IndexOf(Separator, StringComparison.Ordinal);
        var (first, second) = separator < 0 ? (token, null) : (token[..separator], token[(separator + 1)..]);
        if (!TryDecode(first, out var decodedFirst) || decodedFirst.Length == 0)
            throw Foreign();
        if (second is null)
            return new ContinuationToken(decodedFirst, null);
        return TryDecode(second, out var decodedSecond) ? new ContinuationToken(decodedFirst, decodedSecond) : throw Foreign();
    }

    public override string ToString() => Second is null ? Encode(First) : $"{Encode(First)}{Separator}{Encode(Second)}";

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static bool TryDecode(string text, [NotNullWhen(true)] out string? decoded)
    {
        decoded = null;
        if (!Base64Url.IsValid(text))
            return false;
        decoded = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text));
        return true;
    }

    private static ArgumentException Foreign() =>
        new("This is not a continuation token of an earlier page.");
}
