using System.Text.Json;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.Api;

public sealed class OpenApiTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Fact]
    public async Task Document_is_the_approved_one()
    {
        var document = await fixture.Product.Api.GetAsync("/openapi/v1.json", TestContext.Current.CancellationToken);

        Approved.Check("openapi.approved.json", JsonSerializer.Serialize(document, Indented) + "\n");
    }

    [Fact]
    public async Task Every_operation_says_what_it_does()
    {
        var document = await fixture.Product.Api.GetAsync("/openapi/v1.json", TestContext.Current.CancellationToken);

        var operations = document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()).ToArray();
        Assert.NotEmpty(operations);
        Assert.All(operations, operation => Assert.True(operation.Value.TryGetProperty("summary", out _), operation.ToString()));
    }
}
