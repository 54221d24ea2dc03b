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
        foreach (var (method, path) in (await OperationsAsync()).Where(operation => operation.HasBody).Select(
            operation => (operation.Method, operation.Path)))
        {
            using var request = new HttpRequestMessage(method, path);
            request.Content = new StringContent("""{"nope":1,"name":{"a":1},"terms":7,"links":"x"}""", Encoding.UTF8, "application/json");
            var (status, text) = await SendAsync(request);

            Assert.True(status == HttpStatusCode.BadRequest, $"{method} {path}: {status} {text}");
            Assert.Contains(
                "no such field",
                JsonDocument.Parse(text).RootElement.GetProperty("errors").GetProperty("nope")[0].GetString(),
                StringComparison.Ordinal);
            AssertOurWords(text);
        }
    }

    [Theory]
    [InlineData("""{"nmae":"x","timeZone":"Nowhere","checkEveryMinutes":"ten","confirmation":{"link":{"observations":99},"pageGone":7}}""",
        "nmae,timeZone,checkEveryMinutes,confirmation.link.observations,confirmation.pageGone,name")]
    [InlineData("""{"name":5,"recipients":["nobody"],"obeyRobots":"perhaps"}""", "name,recipients,obeyRobots")]
    [InlineData("""{"name":"x","checkEveryMinutes":99999999999}""", "checkEveryMinutes")]
    [InlineData(
        """
        {"name":"a","Name":"b","recipients":["nobody",null,"x@example.org"],
        "confirmation":{"link":{"observations":1,"observations":2}}}
        """,
        "Name,recipients,recipients[1],confirmation.link.observations")]
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
        var problem = await _product.Api.SendAsync(
            HttpMethod.Post, "/api/v1/projects?nope=1", """{"nmae":"x"}""", HttpStatusCode.BadRequest, Stop);

        Assert.All(
            new[] { "nope", "nmae", "name" },
            field => Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.ToString()));
    }

    [Theory]
    [InlineData("limit=abc&since=yesterday", "limit,since")]
    [InlineData("limit=0", "limit")]
    [InlineData("since=2026-11-21T08:00:00", "since")]
    [InlineData("since=2026-11-21", "since")]
    [InlineData("limit=1001&cursor=x&nope=1", "limit,nope")]
    [InlineData("limit=1&limit=2", "limit")]
    [InlineData("limit=99999999999", "limit")]
    [InlineData("cursor=%00", "cursor")]
    [InlineData("cursor=x&limit=0&nope=1&since=never", "cursor,limit,nope,since")]
    [InlineData("projectId=x", "projectId")]
    public async Task All_that_is_wrong_with_a_query_is_told_by_name(string query, string names)
    {
        var problem = await _product.Api.SendAsync(
            HttpMethod.Get, $"/api/v1/projects/{_project}/changes?{query}", null, HttpStatusCode.BadRequest, Stop);

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
    [InlineData("{", "line 1, byte 2")]
    [InlineData("{\"name\":\n}", "line 2, byte 1")]
    [InlineData("{\"\\ud800\":1}", "surrogate")]
    [InlineData("", "is empty")]
    public async Task What_is_no_JSON_is_told_in_plain_words(string body, string words)
    {
        var problem = await _product.Api.SendAsync(HttpMethod.Post, "/api/v1/projects", body, HttpStatusCode.BadRequest, Stop);

        Assert.Equal("The body is not valid JSON.", problem.GetProperty("title").GetString());
        Assert.Contains(words, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("token", problem.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("depth", problem.ToString(), StringComparison.Ordinal);
        AssertOurWords(problem.ToString());
    }

    [Fact]
    public async Task Bytes_that_are_no_UTF_8_are_refused_and_not_stored_as_other_characters()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/projects")
        {
            Content = new ByteArrayContent([.. """{"name":"M"""u8, 0xFC, .. """ller"}"""u8]),
        };
        request.Content.Headers.ContentType = new("application/json");

        var (status, text) = await SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("It is not valid UTF-8. Send JSON in UTF-8.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cursor_of_another_list_is_told_with_all_else_that_is_wrong()
    {
        await _product.Api.CreateProjectAsync(new { name = "Second" }, Stop);
        var cursor = (await _product.Api.GetAsync("/api/v1/projects?limit=1", Stop)).GetProperty("cursor").GetString();
        foreach (var path in (await DescribedAsync()).Where(operation => operation.Takes("cursor"))
            .Select(operation => operation.Path)
            .Where(path => path != "/api/v1/projects"))
        {
            var problem = await _product.Api.SendAsync(
                HttpMethod.Get, $"{path}?limit=0&cursor={cursor}", null, HttpStatusCode.BadRequest, Stop);

            Assert.Equal(["cursor", "limit"], problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
        }
    }

    [Fact]
    public async Task No_query_is_told_in_parts()
    {
        var problem = await _product.Api.SendAsync(
            HttpMethod.Get, $"/api/v1/projects/{_project}/reports/refund?nope=1&format=pdf", null, HttpStatusCode.BadRequest, Stop);

        Assert.Equal(["format", "link", "nope"], problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }

    [Fact]
    public async Task A_word_that_is_none_of_the_known_is_named_back_with_those()
    {
        var tried = 0;
        foreach (var (method, path, fields) in await DescribedAsync())
        {
            var body = fields.Where(field => field.Value.Length > 0).ToDictionary(field => field.Key, _ => "no-such-word");
            if (body.Count == 0)
                continue;
            var problem = await _product.Api.SendAsync(method, path, JsonSerializer.Serialize(body), HttpStatusCode.BadRequest, Stop);
            foreach (var (field, names) in fields.Where(
                field => field.Value.Length > 0 && (method != HttpMethod.Patch || field.Key != "kind")))
            {
                // What a channel is cannot change, whatever the word.
                var told = problem.GetProperty("errors").GetProperty(field)[0].GetString();
                Assert.True(told == $"'no-such-word' is not one of {string.Join(", ", names)}.", $"{method} {path} {field}: {told}");
                tried++;
            }
        }

        Assert.True(tried >= 4, $"Only {tried} fields were tried.");
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/docs")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/docs/samples/refund-pack")]
    [InlineData("/docs/samples/vendor-report")]
    public async Task Addresses_beside_the_API_take_no_unknown_query_parameter_either(string path)
    {
        var problem = await _product.Api.SendAsync(HttpMethod.Get, $"{path}?nope=1", null, HttpStatusCode.BadRequest, Stop);

        Assert.Equal(
            "There is no such query parameter. None is allowed here.", problem.GetProperty("errors").GetProperty("nope")[0].GetString());
        await _product.Api.Client.GetStringAsync(path, Stop);
    }

    [Fact]
    public async Task A_route_that_takes_no_body_ignores_none()
    {
        foreach (var (method, path) in (await OperationsAsync()).Where(
            operation => !operation.HasBody && operation.Method != HttpMethod.Get).Select(operation => (operation.Method, operation.Path)))
        {
            foreach (var (body, type, field) in new[]
            {
                ("""{"links":["a"],"links":1,"x":null}""", "application/json", "links"), ("[1]", "application/json", "$"),
                ("a=b", "application/x-www-form-urlencoded", "$"),
            })
            {
                using var request = new HttpRequestMessage(method, path) { Content = new StringContent(body, Encoding.UTF8, type) };
                var (status, text) = await SendAsync(request);
                Assert.True(
                    status == HttpStatusCode.BadRequest && text.Contains($"\"{field}\"", StringComparison.Ordinal),
                    $"{method} {path} {body}: {status} {text}");
            }

            foreach (var body in new[] { "", " {} " })
            {
                using var request = new HttpRequestMessage(
                    method,
                    path.Replace(
                        _project,
                        "prj_nothing",
                        StringComparison.Ordinal))
                {
                    Content = new StringContent(body, Encoding.UTF8, "application/json"),
                };
                var (status, text) = await SendAsync(request);
                Assert.True(status == HttpStatusCode.NotFound, $"{method} {path} '{body}': {status} {text}");
            }
        }
    }

    [Theory]
    [InlineData("GET", "/api/v1/nothing", 404)]
    [InlineData("GET", "/nothing", 404)]
    [InlineData("PUT", "/api/v1/projects", 405)]
    [InlineData("GET", "/api/v1/projects?limit=0", 400)]
    [InlineData("GET", "/api/v1/projects/prj_nothing", 404)]
    [InlineData("POST", "/api/v1/projects", 415)]
    public async Task Every_refusal_is_a_problem_document_whatever_the_caller_accepts(string method, string path, int status)
    {
        foreach (var accept in new[] { "text/html", "image/png", "application/xml;q=0.1", "*/*" })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path) { Headers = { { "Accept", accept } } };
            using var answer = await _product.Api.Client.SendAsync(request, Stop);

            Assert.Equal((status, "application/problem+json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        }
    }

    [Theory]
    [InlineData("GET /api/v1/projects/prj_a/links/%00 HTTP/1.1\r\nHost: x\r\n\r\n", 400)]
    [InlineData("GET /api/v1/projects HTTP/1.1\r\n\r\n", 400)]
    [InlineData("GET /api/v1/projects HTTP/1.1\r\nHost: x y\r\n\r\n", 400)]
    [InlineData("nonsense\r\n\r\n", 400)]
    [InlineData("GET /{0} HTTP/1.1\r\nHost: x\r\n\r\n", 414)]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nCookie: {0}{0}{0}{0}\r\n\r\n", 431)]
    public async Task What_the_web_server_itself_refuses_is_a_problem_document_too(string request, int status)
    {
        var address = _product.Api.Client.BaseAddress!;
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(address.Host, address.Port, Stop);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(string.Format(null, request, new string('a', 10_000))), Stop);
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        var answer = await reader.ReadToEndAsync(Stop);

        var (head, body) =
            (
                answer[..answer.IndexOf("\r\n\r\n", StringComparison.Ordinal)],
                answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
        Assert.StartsWith($"HTTP/1.1 {status} ", head, StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/problem+json", head, StringComparison.Ordinal);
        Assert.Contains($"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n", head, StringComparison.Ordinal);
        var problem = JsonDocument.Parse(body).RootElement;
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
        Assert.NotEmpty(problem.GetProperty("traceId").GetString()!);
    }

    [Theory]
    [InlineData("GET /%00 HTTP/1.1\r\nHost: x\r\nSec-Fetch-Mode: navigate\r\n\r\n", "cannot be read")]
    [InlineData("GET /%00 HTTP/1.1\r\nHost: x\r\nCookie: {0}\r\nsec-fetch-mode: navigate\r\n\r\n", "cannot be read")]
    [InlineData("GET /app/%00 HTTP/1.1\r\nHost: x\r\n\r\n", "cannot be read")]
    [InlineData("GET /app/p/x/links?q={0} HTTP/1.1\r\nHost: x\r\nSec-Fetch-Mode: navigate\r\n\r\n", "too long")]
    public async Task Whoever_opens_in_a_browser_what_the_web_server_refuses_gets_a_page(string request, string words)
    {
        var address = _product.Api.Client.BaseAddress!;
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(address.Host, address.Port, Stop);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(string.Format(null, request, new string('a', 9_000))), Stop);
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        var answer = await reader.ReadToEndAsync(Stop);

        Assert.StartsWith("HTTP/1.1 4", answer, StringComparison.Ordinal);
        Assert.Contains("Content-Type: text/html; charset=utf-8\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("Content-Security-Policy: default-src 'none'; style-src 'sha256-", answer, StringComparison.Ordinal);
        Assert.Contains(words, answer[answer.IndexOf("<h1>", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Contains("<a href=\"/app\">", answer, StringComparison.Ordinal);
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
                    new HttpMethod(operation.Name.ToUpperInvariant()), Concrete(path.Name),
                    operation.Value.TryGetProperty("requestBody", out _)))),
        ];
    }

    private async Task<List<Described>> DescribedAsync()
    {
        var document = await _product.Api.GetAsync("/openapi/v1.json", Stop);
        var schemas = document.GetProperty("components").GetProperty("schemas");
        return
        [
            .. document.GetProperty("paths").EnumerateObject()
                .Where(path => path.Name.StartsWith("/api/", StringComparison.Ordinal))
                .SelectMany(path => path.Value.EnumerateObject().Select(operation => new Described(
                    new HttpMethod(operation.Name.ToUpperInvariant()), Concrete(path.Name), BodyOf(operation.Value, schemas),
                    QueryOf(operation.Value)))),
        ];
    }

    // The fields of the body, each with the only words it takes; none for what takes others.
    private static Dictionary<string, string[]> BodyOf(JsonElement operation, JsonElement schemas)
    {
        if (!operation.TryGetProperty("requestBody", out var body))
            return [];
        var schema = Target(body.GetProperty("content").GetProperty("application/json").GetProperty("schema"), schemas);
        return schema.GetProperty("properties").EnumerateObject().ToDictionary(field => field.Name, field => Words(field.Value, schemas));
    }

    private static string[] Words(JsonElement schema, JsonElement schemas) =>
        schema.TryGetProperty("oneOf", out var either) ? [.. either.EnumerateArray().SelectMany(one => Words(one, schemas))]
        : Target(schema, schemas).TryGetProperty("enum", out var words)
        ? [.. words.EnumerateArray().Select(word => word.GetString()!)]
        : [];

    private static JsonElement Target(JsonElement schema, JsonElement schemas) =>
        schema.TryGetProperty("$ref", out var reference) ? schemas.GetProperty(reference.GetString()!.Split('/')[^1]) : schema;

    private static string[] QueryOf(JsonElement operation) => operation.TryGetProperty("parameters", out var parameters)
        ? [
            .. parameters.EnumerateArray()
            .Where(parameter => parameter.GetProperty("in").GetString() == "query")
            .Select(parameter => parameter.GetProperty("name").GetString()!),
        ]
        : [];

    private string Concrete(string path) => path.Replace("{projectId}", _project, StringComparison.Ordinal)
        .Replace("{name}", "link-removed", StringComparison.Ordinal).Replace("{queue}", "alerts", StringComparison.Ordinal)
        .Replace("{linkId}", "lnk_nothing", StringComparison.Ordinal).Replace('{', '_').Replace('}', '_');

    private sealed record Described(HttpMethod Method, string Path, IReadOnlyDictionary<string, string[]> Body, IReadOnlyList<string> Query)
    {
        public bool Takes(string parameter) => Query.Contains(parameter);

        public void Deconstruct(out HttpMethod method, out string path, out IReadOnlyDictionary<string, string[]> body) =>
            (method, path, body) = (Method, Path, Body);
    }

    private sealed record Operation(HttpMethod Method, string Path, bool HasBody)
    {
        public void Deconstruct(out HttpMethod method, out string path) => (method, path) = (Method, Path);
    }
}
