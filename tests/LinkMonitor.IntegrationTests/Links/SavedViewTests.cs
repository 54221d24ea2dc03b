using System.Net;
using System.Text.Json;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.SavedViews;

namespace LinkMonitor.IntegrationTests.Links;

/// <summary>
/// Filter lines under names over the API: who sees and changes which (<see cref="ViewEndpoints"/>, <see cref="ViewRegistry"/>).
/// </summary>
public sealed class SavedViewTests : IAsyncLifetime
{
    private Product _product = null!;
    private string _project = "";
    private string _views = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _product = await Product.StartAsync(ProductSettings.InMemory(), Stop);
        _project = await _product.Api.CreateProjectAsync(new { name = "Example" }, Stop);
        _views = $"/api/v1/projects/{_project}/views";
    }

    public ValueTask DisposeAsync() => _product.DisposeAsync();

    [Fact]
    public async Task A_view_is_listed_with_its_count_beside_the_built_in_ones_until_it_is_deleted()
    {
        await _product.Api.RegisterAsync(
            _project, new { page = "https://blog.example.net/", target = "https://example.org/", tags = new[] { "spring" } }, Stop);

        var view = await CreateAsync(_product.Api, "Spring", "tag:spring  tag:spring sort:-since", shared: true);
        var all = await _product.Api.GetAsync(_views, Stop);

        Assert.Equal(
            ("tag:spring sort:-since", "shared", 1),
            (Text(view, "filter"), Text(view, "kind"), view.GetProperty("count").GetInt32()));
        Assert.Equal(
            ["needs-a-human", "lost-this-week", "paid-ending", "live-but-changed", "never-seen", Text(view, "id")],
            all.GetProperty("items").EnumerateArray().Select(one => Text(one, "id")));
        Assert.Equal(Text(view, "version"), Text(await _product.Api.GetAsync($"{_views}/{Text(view, "id")}", Stop), "version"));
        await SendAsync(_product.Api, HttpMethod.Delete, Text(view, "id"), null, Text(view, "version"), HttpStatusCode.NoContent);
        await SendAsync(_product.Api, HttpMethod.Get, Text(view, "id"), null, null, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_change_is_for_the_version_that_was_read()
    {
        var view = await CreateAsync(_product.Api, "Lost", "state:lost", shared: false);
        var id = Text(view, "id");

        var changed = await SendAsync(
            _product.Api, HttpMethod.Patch, id, new { name = "Lost or changed", filter = "state:lost,changed" }, Text(view, "version"),
            HttpStatusCode.OK);
        await SendAsync(
            _product.Api, HttpMethod.Patch, id, new { name = "Mine" }, Text(view, "version"), HttpStatusCode.PreconditionFailed);
        await SendAsync(_product.Api, HttpMethod.Delete, id, null, Text(view, "version"), HttpStatusCode.PreconditionFailed);

        Assert.Equal(
            ("Lost or changed", "state:lost,changed", "mine"), (Text(changed, "name"), Text(changed, "filter"), Text(changed, "kind")));
    }

    [Fact]
    public async Task Viewers_keep_views_of_their_own_and_shared_ones_are_the_editors()
    {
        using var viewer = await DriverAsync("read");
        using var editor = await DriverAsync("write");
        var hers = await CreateAsync(viewer, "Hers", "state:lost", shared: false);
        var all = await CreateAsync(editor, "All", "state:live", shared: true);

        await SendAsync(
            viewer, HttpMethod.Post, null, new { name = "For all", filter = "state:lost", shared = true }, null, HttpStatusCode.Forbidden);
        await SendAsync(viewer, HttpMethod.Patch, Text(hers, "id"), new { shared = true }, null, HttpStatusCode.Forbidden);
        await SendAsync(viewer, HttpMethod.Delete, Text(all, "id"), null, null, HttpStatusCode.Forbidden);
        await SendAsync(viewer, HttpMethod.Get, Text(all, "id"), null, null, HttpStatusCode.OK);

        // What is another's alone looks like what is not there.
        await SendAsync(editor, HttpMethod.Get, Text(hers, "id"), null, null, HttpStatusCode.NotFound);
        await SendAsync(editor, HttpMethod.Delete, Text(hers, "id"), null, null, HttpStatusCode.NotFound);
        Assert.DoesNotContain(
            (await editor.GetAsync(_views, Stop)).GetProperty("items").EnumerateArray(), one => Text(one, "id") == Text(hers, "id"));

        // Nobody takes for themselves what another shared.
        await SendAsync(_product.Api, HttpMethod.Patch, Text(all, "id"), new { shared = false }, null, HttpStatusCode.BadRequest);
        await SendAsync(viewer, HttpMethod.Delete, Text(hers, "id"), null, null, HttpStatusCode.NoContent);
    }

    [Theory]
    [InlineData("""{}""", "name,filter", "needs")]
    [InlineData("""{"name":"Never seen","filter":"state:lost"}""", "name", "There is a view of that name.")]
    [InlineData("""{"name":" ","filter":""}""", "name,filter", "")]
    [InlineData("""{"name":"x","filter":"satte:lost cost:x"}""", "filter", "At 17: 'x' is no amount.")]
    [InlineData("""{"name":"x","filter":"state:lost","shared":"yes","nope":1}""", "shared,nope", "")]
    public async Task What_is_wrong_is_told_by_field(string body, string fields, string words)
    {
        var problem = await _product.Api.SendAsync(HttpMethod.Post, _views, body, HttpStatusCode.BadRequest, Stop);

        Assert.All(fields.Split(','), field => Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.ToString()));
        Assert.Contains(words, System.Text.RegularExpressions.Regex.Unescape(problem.ToString()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_project_has_at_most_a_hundred_and_built_in_ones_stay_as_they_are()
    {
        for (var i = 0; i < ViewRegistry.MaxViews; i++)
            await CreateAsync(_product.Api, $"View {i}", "state:lost", shared: false);

        await SendAsync(
            _product.Api, HttpMethod.Post, null, new { name = "One more", filter = "state:lost" }, null, HttpStatusCode.Conflict);
        await SendAsync(_product.Api, HttpMethod.Delete, "never-seen", null, null, HttpStatusCode.Forbidden);
        await SendAsync(_product.Api, HttpMethod.Patch, "never-seen", new { name = "x" }, null, HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Who_saved_and_deleted_what_is_in_the_audit_log()
    {
        var view = await CreateAsync(_product.Api, "Lost", "state:lost", shared: true);
        await SendAsync(_product.Api, HttpMethod.Delete, Text(view, "id"), null, null, HttpStatusCode.NoContent);

        var log = await _product.Api.GetAsync($"/api/v1/projects/{_project}/audit", Stop);

        // Both are of one moment of the test's clock.
        var said = log.GetProperty("items").EnumerateArray().Select(one => Text(one, "what")).ToList();
        Assert.Contains("Saved the shared view 'Lost'", said);
        Assert.Contains("Deleted the view 'Lost'", said);
    }

    private static string Text(JsonElement view, string field) => view.GetProperty(field).GetString()!;

    private async Task<ApiDriver> DriverAsync(string scope)
    {
        var key = await _product.Api.PostAsync("/api/v1/keys", new { name = scope, scope }, HttpStatusCode.Created, Stop);
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = _product.Api.Client.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new("Bearer", Text(key, "key"));
        return new ApiDriver(client);
    }

    private Task<JsonElement> CreateAsync(ApiDriver api, string name, string filter, bool shared) =>
        SendAsync(api, HttpMethod.Post, null, new { name, filter, shared }, null, HttpStatusCode.Created);

    private async Task<JsonElement> SendAsync(
        ApiDriver api, HttpMethod method, string? id, object? body, string? version, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(method, id is null ? _views : $"{_views}/{id}");
        if (body is not null)
            request.Content = System.Net.Http.Json.JsonContent.Create(body);
        if (version is not null)
            request.Headers.IfMatch.Add(new($"\"{version}\""));
        using var answer = await api.Client.SendAsync(request, Stop);
        var text = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True(answer.StatusCode == expected, $"Expected {expected}, got {answer.StatusCode}: {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }
}
