using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.IntegrationTests.Support.FunctionsHost;

namespace LinkMonitor.IntegrationTests.Hosting.Worker;

/// <summary>Requests through the published worker's HTTP function, beside the same requests to the application alone.</summary>
public sealed class WorkerHttpTests(WorkerFixture worker, ApiFixture alone) : IClassFixture<WorkerFixture>, IClassFixture<ApiFixture>
{
    private const string Problem = "application/problem+json";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "/", true, HttpStatusCode.OK, "text/html")]
    [InlineData("HEAD", "/", true, HttpStatusCode.OK, "text/html")]
    [InlineData("GET", "/health", true, HttpStatusCode.OK, "application/json")]
    [InlineData("GET", "/api/v1/projects", true, HttpStatusCode.OK, "application/json")]
    [InlineData("GET", "/api/v1/projects", false, HttpStatusCode.Unauthorized, Problem)]
    [InlineData("GET", "/api/v1/projects/prj_none", true, HttpStatusCode.NotFound, Problem)]
    [InlineData("GET", "/api/v1/failures/page-checks?cursor=nonsense", true, HttpStatusCode.BadRequest, Problem)]
    [InlineData("OPTIONS", "/api/v1/projects", true, HttpStatusCode.MethodNotAllowed, Problem)]
    [InlineData("DELETE", "/health", true, HttpStatusCode.MethodNotAllowed, Problem)]
    [InlineData("GET", "/CheckPage", true, HttpStatusCode.NotFound, Problem)]
    [InlineData("GET", "/s/unsubscribe/nonsense", true, HttpStatusCode.NotFound, "text/html")]
    [InlineData("PROPFIND", "/nothing/at%20all", true, HttpStatusCode.NotFound, Problem)]
    public async Task Answer_is_the_one_the_application_gives_alone(
        string method, string path, bool withKey, HttpStatusCode status, string type)
    {
        using var behind = await SendAsync(worker.Api.Client, method, path, withKey);
        using var standalone = await SendAsync(alone.Product.Api.Client, method, path, withKey);

        Assert.Equal((status, type), (behind.StatusCode, behind.Content.Headers.ContentType?.MediaType));
        Assert.Equal((status, type), (standalone.StatusCode, standalone.Content.Headers.ContentType?.MediaType));

        // The first page names its own address.
        if (path != "/")
            Assert.Equal(standalone.Content.Headers.ContentLength, behind.Content.Headers.ContentLength);
        Assert.Equal(standalone.Headers.WwwAuthenticate, behind.Headers.WwwAuthenticate);
        Assert.Equal(standalone.Content.Headers.Allow, behind.Content.Headers.Allow);
    }

    [Fact]
    public async Task OpenAPI_document_is_the_same()
    {
        var behind = await DocumentAsync(worker.Api);
        var standalone = await DocumentAsync(alone.Product.Api);

        Assert.NotEmpty(behind["paths"]!.AsObject());
        Assert.Equal(standalone.ToJsonString(), behind.ToJsonString());
    }

    [Fact]
    public async Task Body_over_the_limit_is_refused_with_413_as_a_problem()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/projects")
        {
            Content = new ByteArrayContent(new byte[30_000_001]) { Headers = { ContentType = new("application/json") } },
            // Asks first, as the server does not read on.
            Headers = { ExpectContinue = true },
        };

        using var answer = await worker.Api.Client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal(Problem, answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Request_that_the_host_did_not_announce_gets_nothing()
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });

        using var answer = await client.GetAsync(worker.Host.WorkerUrl, Cancellation);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsStringAsync(Cancellation));
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string method, string path, bool withKey)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (!withKey)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", "bm9ib2R5");
        return await client.SendAsync(request, Cancellation);
    }

    private static async Task<JsonObject> DocumentAsync(ApiDriver api) =>
        JsonSerializer.Deserialize<JsonObject>(await api.GetAsync("/openapi/v1.json", Cancellation))!;
}
