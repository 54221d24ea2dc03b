using System.Text.Json;
using LinkMonitor.Api.Queries;

namespace LinkMonitor.Api.Bodies;

/// <summary>Reads a body whose fields matter one by one: a batch with some broken items, or a patch where absent is not null.</summary>
internal static class JsonBody
{
    /// <param name="errors">Told what is wrong with fields: one that is there twice.</param>
    /// <exception cref="JsonException">The body is no JSON, or empty.</exception>
    /// <exception cref="BadHttpRequestException">The content type is not JSON (415).</exception>
    public static async Task<JsonElement> ReadAsync(HttpRequest request, FieldErrors errors, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
        {
            throw new BadHttpRequestException(
                "Send JSON with the header 'Content-Type: application/json'.", StatusCodes.Status415UnsupportedMediaType);
        }

        using var document = await JsonDocument.ParseAsync(request.Body, default, cancellationToken);
        return SingleFields.Keep(document.RootElement, errors);
    }

    /// <summary>The body of a route that reads it itself, with what is wrong with the query and the fields so far.</summary>
    /// <inheritdoc cref="ReadAsync(HttpRequest, FieldErrors, CancellationToken)"/>
    public static async Task<(JsonElement Body, FieldErrors Errors)> ReadAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var errors = QueryErrors.Of(context);
        return (await ReadAsync(context.Request, errors, cancellationToken), errors);
    }

    /// <summary>True when an object has a property, null or not, whatever the case of its name.</summary>
    public static bool Names(JsonElement element, string property) =>
        element.EnumerateObject().Any(candidate => candidate.Name.Equals(property, StringComparison.OrdinalIgnoreCase));
}
