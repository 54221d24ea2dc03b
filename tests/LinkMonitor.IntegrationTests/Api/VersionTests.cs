using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Links;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.Api;

/// <summary>
/// A change with <c>If-Match</c> is for the version that was read, for projects, links and channels alike (<see cref="LinkVersion"/>).
/// </summary>
public sealed class VersionTests : IAsyncLifetime
{
    private Product _product = null!;
    private string _project = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _product = await Product.StartAsync(ProductSettings.InMemory(), Stop);
        _project = await _product.Api.CreateProjectAsync(new { name = "Example" }, Stop);
    }

    public ValueTask DisposeAsync() => _product.DisposeAsync();

    [Theory]
    [InlineData("project")]
    [InlineData("link")]
    [InlineData("channel")]
    public async Task Who_has_read_an_earlier_version_neither_changes_nor_deletes(string kind)
    {
        var (path, field) = await MakeAsync(kind);
        var (first, tag) = await ReadAsync(path);

        using var changed = await SendAsync(HttpMethod.Patch, path, first, new Dictionary<string, string> { [field] = "Hers" });
        using var late = await SendAsync(HttpMethod.Patch, path, first, new Dictionary<string, string> { [field] = "His" });
        using var deleted = await SendAsync(HttpMethod.Delete, path, first, null);

        Assert.Equal($"\"{first}\"", tag);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, late.StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, deleted.StatusCode);
        var (second, _) = await ReadAsync(path);
        Assert.Equal($"\"{second}\"", changed.Headers.ETag?.ToString());
        using var gone = await SendAsync(HttpMethod.Delete, path, second, null);
        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
    }

    [Theory]
    [InlineData("project")]
    [InlineData("link")]
    [InlineData("channel")]
    public async Task A_header_that_is_no_version_is_named(string kind)
    {
        var (path, field) = await MakeAsync(kind);
        using var request = new HttpRequestMessage(HttpMethod.Patch, path)
        {
            Content = JsonContent.Create(new Dictionary<string, string> { [field] = "Hers" }),
        };
        Assert.True(request.Headers.TryAddWithoutValidation("If-Match", "abc"));

        using var answer = await _product.Api.Client.SendAsync(request, Stop);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("If-Match", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_of_a_link_makes_no_other_version()
    {
        var (path, _) = await MakeAsync("link");
        var (before, _) = await ReadAsync(path);
        var links = _product.Get<ILinkStore>();
        var (project, id) = (new ProjectId(_project), new LinkId(path[(path.LastIndexOf('/') + 1)..]));
        var link = (await links.GetAsync(project, id, Stop))!;

        await links.SaveCheckAsync(link with { Status = StorageSamples.FullLink(project).Status }, null, Stop);

        Assert.Equal(before, (await ReadAsync(path)).Version);
    }

    [Theory]
    [InlineData("{\"rel\":\"nofollow\"}")]
    [InlineData("{\"anchor\":\"Widgets\"}")]
    [InlineData("{\"tags\":[\"spring\"]}")]
    [InlineData("{\"muted\":true}")]
    [InlineData("{\"terms\":{\"vendor\":\"Acme\"}}")]
    [InlineData("{\"ignore\":[\"placement\"]}")]
    public async Task Whatever_people_set_makes_another_version_of_a_link(string change)
    {
        var (path, _) = await MakeAsync("link");
        var (before, _) = await ReadAsync(path);

        using var changed = await SendAsync(HttpMethod.Patch, path, before, JsonDocument.Parse(change).RootElement);

        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.NotEqual(before, (await ReadAsync(path)).Version);
    }

    private async Task<(string Path, string Field)> MakeAsync(string kind)
    {
        var project = $"/api/v1/projects/{_project}";
        if (kind == "project")
            return (project, "name");
        if (kind == "channel")
        {
            var channel = await _product.Api.PostAsync(
                $"{project}/channels", new { kind = "email", address = "anna@example.org" }, HttpStatusCode.Created, Stop);
            return ($"{project}/channels/{channel.GetProperty("id").GetString()}", "name");
        }

        var link = new { page = "https://blog.example.net/", target = "https://example.org/" };
        return ($"{project}/links/{await _product.Api.RegisterAsync(_project, link, Stop)}", "note");
    }

    private async Task<(string Version, string? Tag)> ReadAsync(string path)
    {
        using var answer = await _product.Api.Client.GetAsync(path, Stop);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        return (body.GetProperty("version").GetString()!, answer.Headers.ETag?.ToString());
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string version, object? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        return await _product.Api.Client.SendAsync(request, Stop);
    }
}
