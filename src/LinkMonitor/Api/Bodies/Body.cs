using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using LinkMonitor.Api.Queries;
using Microsoft.AspNetCore.Http.Metadata;

namespace LinkMonitor.Api.Bodies;

/// <summary>A JSON object that came with a request, read field by field: what does not fit is told with what is wrong beyond its shape.</summary>
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
        var (body, errors) = await JsonBody.ReadAsync(context, context.RequestAborted);
        return Read(body, errors);
    }

    /// <summary>Reads one object, for example an item of a batch.</summary>
    public static Body<T> Read(JsonElement element, FieldErrors errors)
    {
        var type = T.Shape;
        if (element.ValueKind != JsonValueKind.Object)
        {
            var fields = string.Join(", ", type.Properties.Select(property => property.Name));
            errors.Add("$", $"It takes an object with any of {fields}; this is {ValueWords.Of(element.ValueKind)}.");
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
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T), isOptional: false));
        builder.Metadata.Add(new TellsErrors());
    }
}
