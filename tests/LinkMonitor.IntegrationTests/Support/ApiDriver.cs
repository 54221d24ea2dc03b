using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>Calls the API as a client would: over HTTP, with JSON as text.</summary>
public sealed class ApiDriver(HttpClient client) : IDisposable
{
    public HttpClient Client => client;

    /// <summary>Creates a project and gives its id.</summary>
    public async Task<string> CreateProjectAsync(object project, CancellationToken cancellationToken) =>
        (await PostAsync("/api/v1/projects", project, HttpStatusCode.Created, cancellationToken)).GetProperty("id").GetString()!;

    /// <summary>Registers a link and gives its id.</summary>
    public async Task<string> RegisterAsync(string project, object link, CancellationToken cancellationToken) =>
        (await PostAsync($"/api/v1/projects/{project}/links", link, HttpStatusCode.Created, cancellationToken)).GetProperty(
            "id").GetString()!;

    /// <summary>The same in an array: the first check waits for the schedule.</summary>
    public async Task<string> RegisterForScheduleAsync(string project, object link, CancellationToken cancellationToken) =>
        (await PostAsync($"/api/v1/projects/{project}/links", new[] { link }, HttpStatusCode.OK, cancellationToken))
            .GetProperty("results")[0].GetProperty("link").GetProperty("id").GetString()!;

    public Task<JsonElement> GetLinkAsync(string project, string link, CancellationToken cancellationToken) =>
        GetAsync($"/api/v1/projects/{project}/links/{link}", cancellationToken);

    public async Task<string> GetStateAsync(string project, string link, CancellationToken cancellationToken) =>
        (await GetLinkAsync(project, link, cancellationToken)).GetProperty("state").GetString()!;

    /// <summary>One link's changes, the newest first.</summary>
    public async Task<IReadOnlyList<JsonElement>> GetHistoryAsync(string project, string link, CancellationToken cancellationToken) =>
        [.. (await GetAsync($"/api/v1/projects/{project}/links/{link}/history", cancellationToken)).GetProperty("items").EnumerateArray()];

    public async Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) =>
        await ReadAsync(await client.GetAsync(path, cancellationToken), HttpStatusCode.OK, cancellationToken);

    public async Task<JsonElement> PostAsync(string path, object? body, HttpStatusCode expected, CancellationToken cancellationToken) =>
        await ReadAsync(await client.PostAsJsonAsync(path, body, cancellationToken), expected, cancellationToken);

    public async Task<JsonElement> SendAsync(
        HttpMethod method, string path, string? json, HttpStatusCode expected, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        return await ReadAsync(await client.SendAsync(request, cancellationToken), expected, cancellationToken);
    }

    public void Dispose() => client.Dispose();

    private static async Task<JsonElement> ReadAsync(
        HttpResponseMessage response, HttpStatusCode expected, CancellationToken cancellationToken)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            Assert.True(response.StatusCode == expected, $"Expected {expected}, got {response.StatusCode}: {text}");
            return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
        }
    }
}
