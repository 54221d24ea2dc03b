using System.Text.Json;

namespace LinkMonitor.Api.Bodies;

/// <summary>Reads a body whose fields matter one by one: a batch with some broken items, or a patch where absent is not null.</summary>
internal static class JsonBody
{
    // Of two values of one field nobody can say which is meant.
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false };

    /// <exception cref="JsonException">The body is no JSON, or empty.</exception>
    /// <exception cref="BadHttpRequestException">The content type is not JSON (415).</exception>
    public static async Task<JsonElement> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
        {
            throw new BadHttpRequestException(
                "Send JSON with the header 'Content-Type: application/json'.", StatusCodes.Status415UnsupportedMediaType);
        }

        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, Options, cancellationToken);
            ReadNames(document.RootElement);
            return document.RootElement.Clone();
        }
        catch (InvalidOperationException)
        {
            throw new JsonException("The name of a field holds half a surrogate pair (U+D800 to U+DFFF), which is no character.");
        }
    }

    // The parser takes names that no text can be made of, and fails only when they are read.
    private static void ReadNames(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Object)
            foreach (var property in element.EnumerateObject().Where(property => property.Name is not null))
                ReadNames(property.Value);
        else if (element.ValueKind == JsonValueKind.Array)
            foreach (var item in element.EnumerateArray())
                ReadNames(item);
    }

    /// <summary>True when an object has a property, null or not, whatever the case of its name.</summary>
    public static bool Names(JsonElement element, string property) =>
        element.EnumerateObject().Any(candidate => candidate.Name.Equals(property, StringComparison.OrdinalIgnoreCase));
}
