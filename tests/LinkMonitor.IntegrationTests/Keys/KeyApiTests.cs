using System.Net;
using System.Net.Http.Headers;
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
