using System.Collections.Concurrent;
using System.Net;
using LinkMonitor.Documentation;
using LinkMonitor.IntegrationTests.Support;

namespace LinkMonitor.IntegrationTests.Api;

/// <summary>The API as a page: <see cref="DocsEndpoint"/> with script, <see cref="PlainDocs"/> without.</summary>
public sealed class DocsTests(BrowserFixture browsers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_operation_is_on_the_page_with_examples_and_nothing_is_asked_of_another_host()
    {
        await using var product = await Product.StartAsync(ProductSettings.InMemory(), Stop);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = product.Api.Client.BaseAddress };

        using var response = await client.GetAsync("/docs/plain", Stop);
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

    [Fact]
    public async Task The_page_to_try_it_out_shows_every_room_and_asks_only_us()
    {
        await using var product = await Product.StartAsync(ProductSettings.InMemory(), Stop);
        var root = product.Api.Client.BaseAddress!;
        await using var context = await (await browsers.GetAsync(Stop)).NewContextAsync(
            new() { ViewportSize = new() { Width = 1280, Height = 900 } });
        var tab = await context.NewPageAsync();
        ConcurrentBag<string> complaints = [], asked = [];
        tab.Console += (_, message) => complaints.Add($"{message.Type}: {message.Text}");
        tab.Request += (_, request) => asked.Add(request.Url);

        await tab.GotoAsync(new Uri(root, "/docs").AbsoluteUri);
        foreach (var room in new[] { "Projects", "Links", "Channels", "Cases" })
            await tab.GetByText(room, new() { Exact = true }).First.WaitForAsync();
        if (Environment.GetEnvironmentVariable("LINKMONITOR_SCREENSHOTS") is { Length: > 0 } folder)
            await tab.ScreenshotAsync(new() { Path = Path.Combine(folder, "docs.png") });

        Assert.DoesNotContain(complaints, complaint => complaint.StartsWith("error", StringComparison.Ordinal));
        Assert.DoesNotContain(
            asked,
            url => !url.StartsWith(root.AbsoluteUri, StringComparison.Ordinal) && !url.StartsWith("data:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_script_the_page_to_try_it_out_leads_to_the_plain_one()
    {
        await using var product = await Product.StartAsync(ProductSettings.InMemory(), Stop);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = product.Api.Client.BaseAddress };

        using var response = await client.GetAsync("/docs", Stop);

        var page = await response.Content.ReadAsStringAsync(Stop);
        Assert.Contains("<noscript><style>", page[..page.IndexOf("</head>", StringComparison.Ordinal)], StringComparison.Ordinal);
        Assert.All(
            [
                "<a href=\"/docs/plain\">", "<a href=\"/openapi/v1.json\">",
                "<code class=\"method\">PATCH</code> <code>/api/v1/projects/{projectId}/links/{linkId}</code>",
            ],
            text => Assert.Contains(text, page, StringComparison.Ordinal));
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Matches("^default-src 'none'; script-src 'nonce-[A-Za-z0-9_-]{22}'; ", policy);
        using var again = await client.GetAsync("/docs", Stop);
        Assert.NotEqual(policy, Assert.Single(again.Headers.GetValues("Content-Security-Policy")));
    }
}
