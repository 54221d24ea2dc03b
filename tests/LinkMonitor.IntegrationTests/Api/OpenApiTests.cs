using System.Text.Json;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.Api;

public sealed class OpenApiTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Every_section_of_the_document_reads_as_approved()
    {
        var document = await fixture.Product.Api.GetAsync("/openapi/v1.json", TestContext.Current.CancellationToken);

        Approved.Check("openapi-operations.approved.txt", OpenApiText.Operations(document));
        Approved.Check("openapi-parameters.approved.txt", OpenApiText.Parameters(document));
        Approved.Check("openapi-schemas.approved.txt", OpenApiText.Schemas(document));
    }

    [Fact]
    public async Task Every_operation_says_what_it_does()
    {
        var document = await fixture.Product.Api.GetAsync("/openapi/v1.json", TestContext.Current.CancellationToken);

        var operations = document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()).ToArray();
        Assert.NotEmpty(operations);
        Assert.All(operations, operation => Assert.True(operation.Value.TryGetProperty("summary", out _), operation.ToString()));
    }

    [Fact]
    public async Task Every_schema_has_an_example_with_all_of_its_properties()
    {
        var document = await fixture.Product.Api.GetAsync("/openapi/v1.json", TestContext.Current.CancellationToken);

        foreach (var schema in document.GetProperty("components").GetProperty("schemas").EnumerateObject())
        {
            Assert.True(schema.Value.TryGetProperty("examples", out var examples), $"{schema.Name} has no example.");
            var example = examples[0];
            if (schema.Value.TryGetProperty("properties", out var properties))
                Assert.All(properties.EnumerateObject(), property => Assert.True(
                    example.GetProperty(property.Name).ValueKind != JsonValueKind.Null || IsNullable(property.Value),
                    $"{schema.Name}.{property.Name} has no example, and cannot be null."));
        }
    }

    [Fact]
    public async Task Every_operation_says_how_it_refuses_and_where_the_service_is()
    {
        var document = await fixture.Product.Api.GetAsync("/openapi/v1.json", TestContext.Current.CancellationToken);

        Assert.Equal("/", Assert.Single(document.GetProperty("servers").EnumerateArray()).GetProperty("url").GetString());
        foreach (var path in document.GetProperty("paths")
            .EnumerateObject()
            .Where(path => path.Name.StartsWith("/api/", StringComparison.Ordinal)))
            foreach (var operation in path.Value.EnumerateObject())
            {
                string[] wanted = [
                    "401", "403", "429", .. path.Name.Contains('{', StringComparison.Ordinal) ? ["404"] : Array.Empty<string>(),
                ];
                var responses = operation.Value.GetProperty("responses");
                Assert.All(
                    wanted,
                    status => Assert.True(responses.TryGetProperty(status, out _), $"{operation.Name} {path.Name} lacks {status}."));
                var refused = responses.GetProperty("429").GetProperty("headers").EnumerateObject().Select(header => header.Name);
                Assert.Equal(["RateLimit", "RateLimit-Policy", "Retry-After"], refused.Order(StringComparer.Ordinal));
                Assert.Contains("Needs a key", operation.Value.GetProperty("description").GetString(), StringComparison.Ordinal);
            }
    }

    private static bool IsNullable(JsonElement schema) =>
        (schema.TryGetProperty("type", out var type)
            && type.ValueKind == JsonValueKind.Array
            && type.EnumerateArray().Any(one => one.GetString() == "null"))
        || (schema.TryGetProperty("oneOf", out var choices) && choices.EnumerateArray().Any(IsNull));

    private static bool IsNull(JsonElement schema) =>
        schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.GetString() == "null";
}
