using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Keys;

namespace LinkMonitor.IntegrationTests.Keys;

public sealed class KeyApiTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private readonly ApiDriver _api = fixture.Product.Api;

    [Fact]
    public async Task Key_is_shown_once_works_and_is_revoked()
    {
        var stop = TestContext.Current.CancellationToken;
        var created = await _api.PostAsync("/api/v1/keys", new { name = "CI", scope = "write" }, HttpStatusCode.Created, stop);
        var (id, key) = (created.GetProperty("id").GetString()!, created.GetProperty("key").GetString()!);

        var listed = (await _api.GetAsync("/api/v1/keys", stop)).GetProperty("items")
            .EnumerateArray()
            .Single(item => item.GetProperty("id").GetString() == id);
        Assert.DoesNotContain(key, listed.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(key, HttpMethod.Get, "/api/v1/projects", stop));

        await _api.SendAsync(HttpMethod.Delete, $"/api/v1/keys/{id}", null, HttpStatusCode.NoContent, stop);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(key, HttpMethod.Get, "/api/v1/projects", stop));
    }

    [Theory]
    [InlineData("read", HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData("write", HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.Forbidden)]
    [InlineData("admin", HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.OK)]
    public async Task Scope_opens_what_it_says(string scope, HttpStatusCode read, HttpStatusCode write, HttpStatusCode admin)
    {
        var stop = TestContext.Current.CancellationToken;
        var key = (await _api.PostAsync("/api/v1/keys", new { name = scope, scope }, HttpStatusCode.Created, stop)).GetProperty(
            "key").GetString()!;

        Assert.Equal(read, await StatusAsync(key, HttpMethod.Get, "/api/v1/projects", stop));
        Assert.Equal(write, await StatusAsync(key, HttpMethod.Post, "/api/v1/projects", stop));
        Assert.Equal(admin, await StatusAsync(key, HttpMethod.Get, "/api/v1/keys", stop));
    }

    [Fact]
    public async Task Key_of_one_project_sees_no_other()
    {
        var stop = TestContext.Current.CancellationToken;
        var mine = await _api.CreateProjectAsync(new { name = "Mine" }, stop);
        var other = await _api.CreateProjectAsync(new { name = "Other" }, stop);
        var key =
            (await _api.PostAsync("/api/v1/keys", new { name = "Client", projectId = mine }, HttpStatusCode.Created, stop)).GetProperty(
                "key").GetString()!;

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(key, HttpMethod.Get, $"/api/v1/projects/{mine}/links", stop));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(key, HttpMethod.Get, $"/api/v1/projects/{other}", stop));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(key, HttpMethod.Get, $"/api/v1/projects/{other}/links", stop));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("lm_short")]
    [InlineData("not a key at all")]
    public async Task Without_a_valid_key_everything_is_401_with_a_problem(string? key)
    {
        var stop = TestContext.Current.CancellationToken;
        using var response = await SendAsync(key, HttpMethod.Get, "/api/v1/projects", stop);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Fact]
    public async Task Mistyped_key_is_refused_without_asking_the_storage()
    {
        var stop = TestContext.Current.CancellationToken;
        var key = (await _api.PostAsync("/api/v1/keys", new { name = "Typo" }, HttpStatusCode.Created, stop)).GetProperty(
            "key").GetString()!;
        var mistyped = key[..20] + (key[20] == 'a' ? 'b' : 'a') + key[21..];

        Assert.False(ApiKeySecret.TryParse(mistyped, out _));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(mistyped, HttpMethod.Get, "/api/v1/projects", stop));
    }

    [Fact]
    public async Task Role_is_the_scope_in_other_words()
    {
        var stop = TestContext.Current.CancellationToken;
        var made = await _api.PostAsync("/api/v1/keys", new { name = "Anna", role = "editor" }, HttpStatusCode.Created, stop);
        var both = await _api.PostAsync(
            "/api/v1/keys", new { name = "Anna", role = "editor", scope = "read" }, HttpStatusCode.BadRequest, stop);

        Assert.Equal("editor write", Text(made, "role") + " " + Text(made, "scope"));
        Assert.Equal("configured admin key", Text(made.GetProperty("createdBy"), "name"));
        Assert.True(both.GetProperty("errors").TryGetProperty("role", out _));
    }

    [Fact]
    public async Task Key_of_several_projects_opens_and_lists_these()
    {
        var stop = TestContext.Current.CancellationToken;
        var ids = new List<string>();
        foreach (var name in new[] { "One", "Two", "Three" })
            ids.Add(await _api.CreateProjectAsync(new { name }, stop));
        var made = await _api.PostAsync(
            "/api/v1/keys", new { name = "Two of three", role = "owner", projectIds = ids[..2] }, HttpStatusCode.Created, stop);
        using var own = Driver(made);

        var listed = (await own.GetAsync("/api/v1/projects", stop)).GetProperty("items").EnumerateArray();

        Assert.Equal(ids[..2].Order(StringComparer.Ordinal), listed.Select(project => Text(project, "id")));
        Assert.Equal(JsonValueKind.Null, made.GetProperty("projectId").ValueKind);
        await own.SendAsync(HttpMethod.Get, $"/api/v1/projects/{ids[2]}", null, HttpStatusCode.NotFound, stop);
        await own.SendAsync(HttpMethod.Get, "/api/v1/notices", null, HttpStatusCode.Forbidden, stop);
        await own.SendAsync(HttpMethod.Get, "/api/v1/failures/set-aside", null, HttpStatusCode.Forbidden, stop);
        var refused = await own.PostAsync("/api/v1/projects", new { name = "Four" }, HttpStatusCode.Forbidden, stop);
        Assert.Contains(ids[0], Text(refused, "detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Owner_of_one_project_manages_its_keys_and_gives_none_that_opens_more()
    {
        var stop = TestContext.Current.CancellationToken;
        var mine = await _api.CreateProjectAsync(new { name = "Mine" }, stop);
        var other = await _api.CreateProjectAsync(new { name = "Other" }, stop);
        using var owner = Driver(await _api.PostAsync(
            "/api/v1/keys", new { name = "Owner", role = "owner", projectId = mine }, HttpStatusCode.Created, stop));
        string[] both = [mine, other];
        var foreign = await _api.PostAsync("/api/v1/keys", new { name = "Foreign", projectIds = both }, HttpStatusCode.Created, stop);

        var made = await owner.PostAsync("/api/v1/keys", new { name = "Client", projectId = mine }, HttpStatusCode.Created, stop);
        var wider = await owner.PostAsync("/api/v1/keys", new { name = "All" }, HttpStatusCode.BadRequest, stop);
        var theirs = await owner.PostAsync("/api/v1/keys", new { name = "Theirs", projectIds = both }, HttpStatusCode.BadRequest, stop);
        var widened = await owner.SendAsync(
            HttpMethod.Patch, $"/api/v1/keys/{Text(made, "id")}", "{\"projectIds\":null}", HttpStatusCode.BadRequest, stop);

        Assert.True(wider.GetProperty("errors").TryGetProperty("projectIds", out _));
        Assert.Equal($"There is no project '{other}'.", theirs.GetProperty("errors").GetProperty("projectIds[1]")[0].GetString());
        Assert.True(widened.GetProperty("errors").TryGetProperty("projectIds", out _));
        var listed = (await owner.GetAsync("/api/v1/keys", stop)).GetProperty("items").EnumerateArray().Select(key => Text(key, "name"));
        Assert.Equal(["Client", "Owner"], listed.Order(StringComparer.Ordinal));
        foreach (var (method, path) in new[] { (HttpMethod.Get, ""), (HttpMethod.Delete, ""), (HttpMethod.Post, "/sign-out") })
            await owner.SendAsync(method, $"/api/v1/keys/{Text(foreign, "id")}{path}", null, HttpStatusCode.NotFound, stop);
    }

    [Fact]
    public async Task Key_is_changed_in_the_version_that_was_read()
    {
        var stop = TestContext.Current.CancellationToken;
        var project = await _api.CreateProjectAsync(new { name = "Mine" }, stop);
        var made = await _api.PostAsync("/api/v1/keys", new { name = "Before" }, HttpStatusCode.Created, stop);
        var path = $"/api/v1/keys/{Text(made, "id")}";
        using var read = await _api.Client.GetAsync(path, stop);
        Assert.Equal($"\"{Text(made, "version")}\"", read.Headers.ETag!.Tag);

        using var first = await PatchAsync(path, read.Headers.ETag, $"{{\"name\":\"After\",\"projectIds\":[\"{project}\"]}}", stop);
        using var second = await PatchAsync(path, read.Headers.ETag, "{\"name\":\"Late\"}", stop);
        using var third = await PatchAsync(path, first.Headers.ETag, "{\"role\":\"editor\"}", stop);

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.PreconditionFailed, HttpStatusCode.OK],
            new[] { first, second, third }.Select(answer => answer.StatusCode));
        var now = await _api.GetAsync(path, stop);
        Assert.Equal(("After", "write", project), (Text(now, "name"), Text(now, "scope"), Text(now, "projectId")));
    }

    [Theory]
    [InlineData("{\"name\":\"x\",\"projectIds\":[]}", "projectIds")]
    [InlineData("{\"name\":\"x\",\"projectIds\":[\"prj_none\"]}", "projectIds[0]")]
    [InlineData("{\"name\":\"x\",\"projectId\":\"prj_none\",\"projectIds\":[\"prj_none\"]}", "projectId")]
    [InlineData("{\"name\":\"\"}", "name")]
    [InlineData("{}", "name")]
    public async Task Key_that_cannot_be_is_refused_with_its_field(string body, string field)
    {
        var refused = await _api.SendAsync(
            HttpMethod.Post, "/api/v1/keys", body, HttpStatusCode.BadRequest, TestContext.Current.CancellationToken);

        Assert.Equal(field, Assert.Single(refused.GetProperty("errors").EnumerateObject()).Name);
    }

    private async Task<HttpResponseMessage> PatchAsync(string path, EntityTagHeaderValue? version, string json, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, path);
        request.Headers.IfMatch.Add(version!);
        request.Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        return await _api.Client.SendAsync(request, stop);
    }

    private ApiDriver Driver(JsonElement made) => new(new HttpClient(new SocketsHttpHandler { UseProxy = false })
    {
        BaseAddress = _api.Client.BaseAddress,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Text(made, "key")) },
    });

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private async Task<HttpStatusCode> StatusAsync(string? key, HttpMethod method, string path, CancellationToken stop)
    {
        using var response = await SendAsync(key, method, path, stop);
        return response.StatusCode;
    }

    private async Task<HttpResponseMessage> SendAsync(string? key, HttpMethod method, string path, CancellationToken stop)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        client.BaseAddress = _api.Client.BaseAddress;
        using var request = new HttpRequestMessage(method, path);
        if (!string.IsNullOrEmpty(key))
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (method == HttpMethod.Post)
            request.Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        return await client.SendAsync(request, stop);
    }
}
