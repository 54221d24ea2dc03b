using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using LinkMonitor.Api.Limits;
using LinkMonitor.Api.Queries;
using Microsoft.AspNetCore.Http.Metadata;

namespace LinkMonitor.Api.Bodies;

/// <summary>
/// A JSON object that came with a request, read field by field: what does not fit is reported with what is wrong beyond its shape.
/// </summary>
/// <param name="Value">What could be read; fields that do not fit are as if absent, and in <paramref name="Errors"/>.</param>
/// <param name="Json">The same as JSON, which tells null from absent.</param>
/// <param name="Errors">What is wrong so far.</param>
internal sealed record Body<T>(T Value, JsonElement Json, FieldErrors Errors) : IEndpointParameterMetadataProvider
    where T : class, IRequestBody<T>, new()
{
    /// <summary>Reads the body of a request; called by the framework.</summary>
    /// <exception cref="JsonException">The body is no JSON, or empty.</exception>
    /// <exception cref="BadHttpRequestException">The content type is not JSON (415).</exception>
    public static async ValueTask<Body<T>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var errors = QueryErrors.Of(context);
        return Read(await JsonBody.ReadAsync(context.Request, errors, T.MayBeAbsent, context.RequestAborted), errors);
    }

    /// <summary>Reads one object, for example an item of a batch.</summary>
    public static Body<T> Read(JsonElement element, FieldErrors errors)
    {
        var type = T.Shape;
        if (element.ValueKind != JsonValueKind.Object)
        {
            var fields = string.Join(", ", type.Properties.Select(property => property.Name));
            errors.Add("$", $"It must be an object with any of {fields}; this is {ValueWords.Of(element.ValueKind)}.");
            return new Body<T>(new T(), JsonDocument.Parse("{}").RootElement, errors);
        }

        var json = JsonObject.Create(element)!;
        BodyShape.Keep(json, type, string.Empty, errors);
        return new Body<T>(json.Deserialize(type)!, JsonSerializer.SerializeToElement(json, ApiJson.Default.JsonObject), errors);
    }

    /// <summary>Whether a field is there, null or not.</summary>
    public bool Names(string field) => JsonBody.Names(Json, field);

    static void IEndpointParameterMetadataProvider.PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T), isOptional: T.MayBeAbsent));
        builder.Metadata.Add(new TellsErrors());
    }
}

/// <summary>What a request may bring as its body: an object with the fields of <typeparamref name="T"/>.</summary>
internal interface IRequestBody<T> where T : class, IRequestBody<T>, new()
{
    /// <summary>The fields, from the JSON context of the room.</summary>
    static abstract JsonTypeInfo<T> Shape { get; }

    /// <summary>Whether a request without a body is one with an empty object: where every field has a default that people mean.</summary>
    static virtual bool MayBeAbsent => false;
}

/// <summary>Reads a body whose fields matter one by one: a batch with some broken items, or a patch where absent is not null.</summary>
internal static class JsonBody
{
    /// <param name="errors">Told what is wrong with fields: one that is there twice.</param>
    /// <param name="mayBeAbsent">No body is an empty object.</param>
    /// <exception cref="JsonException">The body is no JSON, or empty.</exception>
    /// <exception cref="BadHttpRequestException">The content type is not JSON (415).</exception>
    public static async Task<JsonElement> ReadAsync(
        HttpRequest request, FieldErrors errors, bool mayBeAbsent, CancellationToken cancellationToken)
    {
        var isJson = request.HasJsonContentType();
        if (!isJson && !(mayBeAbsent && request.ContentType is null))
            throw NotJson();

        // Within the limit of the route, which the server counts. The parser takes bytes that are no text and gives "\uFFFD" for them.
        using var bytes = new MemoryStream();
        await request.Body.CopyToAsync(bytes, cancellationToken);
        ReadOnlyMemory<byte> body = bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
        if (mayBeAbsent && body.Span.Trim(" \t\r\n"u8).IsEmpty)
            return JsonElement.Parse("{}"u8);
        if (!isJson)
            throw NotJson();
        if (!Utf8.IsValid(body.Span))
            throw new JsonException(JsonWords.NotUtf8);
        using var document = JsonDocument.Parse(body);
        return SingleFields.Keep(document.RootElement, errors);
    }

    private static BadHttpRequestException NotJson() =>
        new("Send JSON with the header 'Content-Type: application/json'.", StatusCodes.Status415UnsupportedMediaType);

    /// <summary>The body of a route that reads it itself, with what is wrong with the query and the fields so far.</summary>
    /// <inheritdoc cref="ReadAsync(HttpRequest, FieldErrors, bool, CancellationToken)"/>
    public static async Task<(JsonElement Body, FieldErrors Errors)> ReadAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var errors = QueryErrors.Of(context);
        return (await ReadAsync(context.Request, errors, mayBeAbsent: false, cancellationToken), errors);
    }

    /// <summary>True when an object has a property that is null, whatever the case of its name.</summary>
    public static bool Resets(JsonElement element, string property) =>
        element.ValueKind == JsonValueKind.Object && element.EnumerateObject().Any(candidate =>
            candidate.Name.Equals(property, StringComparison.OrdinalIgnoreCase) && candidate.Value.ValueKind == JsonValueKind.Null);

    /// <summary>True when an object has a property, null or not, whatever the case of its name.</summary>
    public static bool Names(JsonElement element, string property) =>
        element.EnumerateObject().Any(candidate => candidate.Name.Equals(property, StringComparison.OrdinalIgnoreCase));
}

/// <summary>
/// Holds a request to a route that takes no body to having none, or an empty object: whoever sends fields means something by them.
/// </summary>
internal static class NoBody
{
    private const string Known = "None is allowed here.";

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
            // Reported below: whatever it is, it is not wanted.
        }

        errors.Add("$", "This request takes no body. Send none, or {}.");
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
