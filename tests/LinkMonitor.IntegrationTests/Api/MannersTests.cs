using System.Net;
using System.Text;
using System.Text.Json;
using LinkMonitor.IntegrationTests.Support;

namespace LinkMonitor.IntegrationTests.Api;

/// <summary>What a caller who errs is told: of every field, all at once, and in no words of ours.</summary>
public sealed class MannersTests : IAsyncLifetime
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

    [Fact]
    public async Task No_route_takes_a_query_parameter_that_it_does_not_know()
    {
        foreach (var (method, path) in await OperationsAsync())
        {
            using var request = new HttpRequestMessage(method, $"{path}?nope=1&limmit=2");
            request.Content = method == HttpMethod.Get ? null : new StringContent("""{"nothing":1}""", Encoding.UTF8, "application/json");
            var (status, text) = await SendAsync(request);

            Assert.True(status == HttpStatusCode.BadRequest, $"{method} {path}: {status} {text}");
            var errors = JsonDocument.Parse(text).RootElement.GetProperty("errors");
            Assert.Contains("no such query parameter", errors.GetProperty("nope")[0].GetString(), StringComparison.Ordinal);
            Assert.True(errors.TryGetProperty("limmit", out _), text);
        }
    }

    [Fact]
    public async Task No_route_takes_a_field_that_it_does_not_know_and_none_names_a_type_of_ours()
    {
        foreach (var (method, path) in (await OperationsAsync()).Where(operation => operation.HasBody).Select(operation => (operation.Method, operation.Path)))
        {
            using var request = new HttpRequestMessage(method, path);
            request.Content = new StringContent("""{"nope":1,"name":{"a":1},"terms":7,"links":"x"}""", Encoding.UTF8, "application/json");
            var (status, text) = await SendAsync(request);

            Assert.True(status == HttpStatusCode.BadRequest, $"{method} {path}: {status} {text}");
            Assert.Contains("no such field", JsonDocument.Parse(text).RootElement.GetProperty("errors").GetProperty("nope")[0].GetString(), StringComparison.Ordinal);
            AssertOurWords(text);
        }
    }

    [Theory]
    [InlineData("""{"nmae":"x","timeZone":"Nowhere","checkEveryMinutes":"ten","confirmation":{"link":{"observations":99},"pageGone":7}}""",
        "nmae,timeZone,checkEveryMinutes,confirmation.link.overMinutes,confirmation.link.observations,confirmation.pageGone,name")]
    [InlineData("""{"name":5,"recipients":["nobody"],"obeyRobots":"perhaps"}""", "name,recipients,obeyRobots")]
    [InlineData("""{"name":"x","checkEveryMinutes":99999999999}""", "checkEveryMinutes")]
    [InlineData("""[1,2]""", "$")]
    [InlineData("""null""", "$")]
    [InlineData("\"half \\ud800\"", "$")]
    public async Task All_that_is_wrong_with_a_body_is_told_by_field(string body, string fields)
    {
        var problem = await _product.Api.SendAsync(HttpMethod.Post, "/api/v1/projects", body, HttpStatusCode.BadRequest, Stop);

        var errors = problem.GetProperty("errors").EnumerateObject().Select(error => error.Name).ToArray();
        Assert.True(fields.Split(',').All(errors.Contains), $"{string.Join(',', errors)} in {problem}");
        AssertOurWords(problem.ToString());
    }

    [Fact]
    public async Task What_is_wrong_with_query_and_body_is_told_at_once()
    {
        var problem = await _product.Api.SendAsync(HttpMethod.Post, "/api/v1/projects?nope=1", """{"nmae":"x"}""", HttpStatusCode.BadRequest, Stop);

        Assert.All(new[] { "nope", "nmae", "name" }, field => Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.ToString()));
    }

    [Theory]
    [InlineData("limit=abc&since=yesterday", "limit,since")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=1001&cursor=x&nope=1", "limit,nope")]
    [InlineData("limit=1&limit=2", "limit")]
    [InlineData("limit=99999999999", "limit")]
    [InlineData("cursor=%00", "cursor")]
    [InlineData("projectId=x", "projectId")]
    public async Task All_that_is_wrong_with_a_query_is_told_by_name(string query, string names)
    {
        var problem = await _product.Api.SendAsync(HttpMethod.Get, $"/api/v1/projects/{_project}/changes?{query}", null, HttpStatusCode.BadRequest, Stop);

        Assert.All(names.Split(','), name => Assert.True(problem.GetProperty("errors").TryGetProperty(name, out _), problem.ToString()));
        AssertOurWords(problem.ToString());
    }

    [Theory]
    [InlineData("POST", "/api/v1/projects", "text/plain", 415, "Content-Type: application/json")]
    [InlineData("POST", "/api/v1/projects/{0}/links", "application/x-www-form-urlencoded", 415, "Content-Type: application/json")]
    [InlineData("PATCH", "/api/v1/projects/{0}", null, 415, "Content-Type: application/json")]
    [InlineData("PUT", "/api/v1/projects", "application/json", 405, "GET")]
    [InlineData("GET", "/api/v1/nothing", null, 404, "/docs")]
    public async Task A_refusal_says_what_to_do(string method, string path, string? type, int status, string words)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), string.Format(null, path, _project));
        if (type is not null)
            request.Content = new StringContent("{}", Encoding.UTF8, type);

        var (got, text) = await SendAsync(request);

        Assert.Equal((status, true), ((int)got, text.Contains(words, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("""{"name":"a","name":"b"}""")]
    [InlineData("{")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("")]
    public async Task What_is_no_JSON_is_told_without_our_types(string body)
    {
        var problem = await _product.Api.SendAsync(HttpMethod.Post, "/api/v1/projects", body, HttpStatusCode.BadRequest, Stop);

        Assert.Equal("The body is not valid JSON.", problem.GetProperty("title").GetString());
        AssertOurWords(problem.ToString());
    }

    private static void AssertOurWords(string text)
    {
        Assert.DoesNotContain("System.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("LinkMonitor.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("mapped", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Nullable", text, StringComparison.Ordinal);
    }

    private async Task<(HttpStatusCode Status, string Text)> SendAsync(HttpRequestMessage request)
    {
        using var response = await _product.Api.Client.SendAsync(request, Stop);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Stop));
    }

    private async Task<List<Operation>> OperationsAsync()
    {
        var document = await _product.Api.GetAsync("/openapi/v1.json", Stop);
        return
        [
            .. document.GetProperty("paths").EnumerateObject()
                .Where(path => path.Name.StartsWith("/api/", StringComparison.Ordinal))
                .SelectMany(path => path.Value.EnumerateObject().Select(operation => new Operation(
                    new HttpMethod(operation.Name.ToUpperInvariant()), Concrete(path.Name), operation.Value.TryGetProperty("requestBody", out _)))),
        ];
    }

    private string Concrete(string path) => path.Replace("{projectId}", _project, StringComparison.Ordinal)
        .Replace("{name}", "link-removed", StringComparison.Ordinal).Replace("{queue}", "alerts", StringComparison.Ordinal)
        .Replace("{linkId}", "lnk_nothing", StringComparison.Ordinal).Replace('{', '_').Replace('}', '_');

    private sealed record Operation(HttpMethod Method, string Path, bool HasBody)
    {
        public void Deconstruct(out HttpMethod method, out string path) => (method, path) = (Method, Path);
    }
}
