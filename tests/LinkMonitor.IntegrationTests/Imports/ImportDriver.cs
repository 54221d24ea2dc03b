using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using LinkMonitor.IntegrationTests.Support;

namespace LinkMonitor.IntegrationTests.Imports;

/// <summary>A project that files are imported into, over the API.</summary>
internal sealed record ImportDriver(Product Product, string Project)
{
    public string Path => $"/api/v1/projects/{Project}/imports";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<ImportDriver> CreateAsync(Product product) =>
        new(product, await product.Api.CreateProjectAsync(new { name = "Example" }, Stop));

    /// <summary>Hands in a text as the body of a request.</summary>
    public async Task<JsonElement> SendAsync(
        string text, string query = "", HttpStatusCode expected = HttpStatusCode.Accepted, string? key = null, string path = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Path}{path}{query}")
        {
            Content =
                new ByteArrayContent(Encoding.UTF8.GetBytes(text)) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } },
        };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        using var response = await Product.Api.Client.SendAsync(request, Stop);
        var body = await response.Content.ReadAsStringAsync(Stop);
        Assert.True(response.StatusCode == expected, $"Expected {expected}, got {response.StatusCode}: {body}");
        return JsonDocument.Parse(body).RootElement;
    }

    public Task<JsonElement> PreviewAsync(string text, string query = "") =>
        SendAsync(text, query, HttpStatusCode.OK, path: "/preview");

    /// <summary>Imports a text to its end.</summary>
    public async Task<JsonElement> ImportAsync(string text, string query = "")
    {
        var begun = await SendAsync(text, query);
        await Product.DeliverAllAsync("ImportLinks", Stop);
        return await GetAsync(begun.GetProperty("id").GetString()!);
    }

    public Task<JsonElement> GetAsync(string id) => Product.Api.GetAsync($"{Path}/{id}", Stop);

    /// <summary>All links of the project.</summary>
    public async Task<IReadOnlyList<JsonElement>> LinksAsync()
    {
        var (links, cursor) = (new List<JsonElement>(), (string?)null);
        do
        {
            var slice = await Product.Api.GetAsync(
                $"/api/v1/projects/{Project}/links?limit=1000{(cursor is null ? "" : $"&cursor={cursor}")}", Stop);
            links.AddRange(slice.GetProperty("items").EnumerateArray());
            cursor = slice.GetProperty("cursor").GetString();
        }
        while (cursor is not null);
        return links;
    }

    /// <summary>A number of the progress of an import.</summary>
    public static int Of(JsonElement import, string name) => import.GetProperty("progress").GetProperty(name).GetInt32();
}
