using System.Text.Json;
using LinkMonitor.Api.Limits;

namespace LinkMonitor.Api.Bodies;

/// <summary>Holds a request to a route that takes no body to having none, or an empty object: whoever sends fields means something by them.</summary>
internal static class NoBody
{
    private const string Known = "This takes none.";

    /// <summary>Says what is wrong with the body. Reads no more than any route takes.</summary>
    public static async Task CheckAsync(HttpRequest request, FieldErrors errors, CancellationToken cancellationToken)
    {
        var body = await ReadAsync(request, cancellationToken);
        if (body.Span.Trim(" \t\r\n"u8).IsEmpty)
            return;
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind == JsonValueKind.Null)
                return;
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                foreach (var field in SingleFields.Keep(document.RootElement, errors).EnumerateObject())
                    errors.Add(FieldErrors.Cut(field.Name), $"There is no such field. {Known}");
                return;
            }
        }
        catch (JsonException)
        {
            // Told below: whatever it is, it is not wanted.
        }

        errors.Add("$", "This takes no body. Send none, or {}.");
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength == 0)
            return default;
        using var read = new MemoryStream();
        var buffer = new byte[4 * 1024];
        while (read.Length <= BodyLimits.One && await request.Body.ReadAsync(buffer, cancellationToken) is > 0 and var count)
            read.Write(buffer, 0, count);
        return read.ToArray();
    }
}
