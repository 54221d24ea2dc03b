using System.Net;
using LinkMonitor.IntegrationTests.Support;

namespace LinkMonitor.IntegrationTests.Api;

/// <summary>The API as a page.</summary>
public sealed class DocsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_operation_is_on_the_page_with_examples_and_nothing_is_asked_of_another_host()
    {
        await using var product = await Product.StartAsync(ProductSettings.InMemory(), Stop);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = product.Api.Client.BaseAddress };

        using var response = await client.GetAsync("/docs", Stop);
        var page = await response.Content.ReadAsStringAsync(Stop);

        Assert.Equal((HttpStatusCode.OK, "text/html"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        var document = await product.Api.GetAsync("/openapi/v1.json", Stop);
        foreach (var path in document.GetProperty("paths").EnumerateObject())
            foreach (var operation in path.Value.EnumerateObject())
                Assert.Contains(
                    $"<code class=\"method\">{operation.Name.ToUpperInvariant()}</code> <code class=\"path\">{path.Name}</code>",
                    page,
                    StringComparison.Ordinal);
        Assert.Contains("&quot;vendor&quot;: &quot;Fine Links&quot;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
    }
}
