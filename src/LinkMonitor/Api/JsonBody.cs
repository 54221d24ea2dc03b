using System.Text.Json;

namespace LinkMonitor.Api;

/// <summary>Reads a body whose fields matter one by one: a batch with some broken items, or a patch where absent is not null.</summary>
internal static class JsonBody
{
    /// <exception cref="JsonException">The body is no JSON, or empty.</exception>
    /// <exception cref="BadHttpRequestException">The content type is not JSON (415).</exception>
    public static async Task<JsonElement> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
        {
            throw new BadHttpRequestException(
                "Send JSON with the header 'Content-Type: application/json'.", StatusCodes.Status415UnsupportedMediaType);
        }

        using var document = await JsonDocument.ParseAsync(request.Body, default, cancellationToken);
        return document.RootElement.Clone();
    }

    /// <summary>True when an object has a property, null or not, whatever the case of its name.</summary>
    public static bool Names(JsonElement element, string property) =>
        element.EnumerateObject().Any(candidate => candidate.Name.Equals(property, StringComparison.OrdinalIgnoreCase));
}
