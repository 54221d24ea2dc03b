using System.Net;
using System.Text.Json;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.IntegrationTests.Answers;

/// <summary>The queue of links that wait for people, and what people say of them, over the API (<c>AnswerEndpoints</c>).</summary>
public sealed class AnswerApiTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private const string Article =
        "<!doctype html><title>Lamps</title><h1>Lamps</h1><p>All about lamps, and where they come from, and why: "
        + "<a href='https://example.org/'>our shop</a></p>";

    private Product Product => fixture.Product;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => Product.Clock.GetUtcNow();

    [Fact]
    public async Task The_queue_has_what_no_check_could_tell_the_longest_first_in_parts()
    {
        var project = await ProjectAsync();
        var two = await UntoldLinks.AddAsync(Product, project, "https://two.example/", CheckOutcome.Blocked, Now.AddDays(-2), Stop);
        var nine = await UntoldLinks.AddAsync(Product, project, "https://nine.example/", CheckOutcome.ScriptOnly, Now.AddDays(-9), Stop);
        await UntoldLinks.AddAsync(Product, project, "https://seen.example/", CheckOutcome.Observed, Now, Stop);

        var first = await Product.Api.GetAsync($"/api/v1/projects/{project}/human?limit=1", Stop);
        var rest = await Product.Api.GetAsync(
            $"/api/v1/projects/{project}/human?limit=1&cursor={first.GetProperty("cursor").GetString()}", Stop);

        var item = Assert.Single(first.GetProperty("items").EnumerateArray());
        Assert.Equal(
            (nine, "script-only", "live"),
            (item.GetProperty("id").GetString(), item.GetProperty("observation").GetString(), item.GetProperty("state").GetString()));
        Assert.Equal(Now.AddDays(-9), item.GetProperty("since").GetDateTimeOffset());
        Assert.Equal(two, Assert.Single(rest.GetProperty("items").EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal(JsonValueKind.Null, rest.GetProperty("cursor").ValueKind);
        await SendAsync(HttpMethod.Get, $"/api/v1/projects/{project}/human?cursor=x", null, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task An_answer_stands_beside_what_checks_saw_and_takes_the_link_out_of_the_queue_while_it_holds()
    {
        var project = await ProjectAsync();
        var link = await UntoldLinks.AddAsync(Product, project, "https://a.example/", CheckOutcome.Blocked, Now.AddDays(-2), Stop);
        var path = $"/api/v1/projects/{project}/links/{link}";
        var before = await Product.Api.GetAsync(path, Stop);

        var answer = await SendAsync(
            HttpMethod.Put, $"{path}/answer", """{"says":"seen","note":"In my browser.","days":5}""", HttpStatusCode.OK);
        var after = await Product.Api.GetAsync(path, Stop);

        Assert.Equal(
            ("seen", "In my browser.", "configured"),
            (answer.GetProperty("says").GetString(), answer.GetProperty("note").GetString(),
                answer.GetProperty("by").GetProperty("id").GetString()));
        Assert.Equal(Now.AddDays(5), answer.GetProperty("until").GetDateTimeOffset());
        Assert.Equal(answer.ToString(), after.GetProperty("answer").ToString());
        foreach (var property in before.EnumerateObject().Where(property => property.Name != "answer"))
            Assert.Equal(property.Value.ToString(), after.GetProperty(property.Name).ToString());
        Assert.Empty(await Product.Api.GetHistoryAsync(project, link, Stop));
        Assert.Empty(await QueueAsync(project));

        Product.Clock.Advance(TimeSpan.FromDays(5));
        Assert.Equal([link], await QueueAsync(project));
    }

    [Fact]
    public async Task An_answer_ends_when_a_check_can_tell_and_none_is_taken_then()
    {
        var project = await ProjectAsync();
        var link = await UntoldLinks.AddAsync(Product, project, "https://a.example/", CheckOutcome.Blocked, Now.AddDays(-2), Stop);
        var path = $"/api/v1/projects/{project}/links/{link}";
        await SendAsync(HttpMethod.Put, $"{path}/answer", """{"says":"gone"}""", HttpStatusCode.OK);

        Product.Clock.Advance(TimeSpan.FromHours(1));
        await SeeAsync(project, link);

        var answer = (await Product.Api.GetAsync(path, Stop)).GetProperty("answer");
        Assert.True(answer.GetProperty("superseded").GetBoolean());
        await SendAsync(HttpMethod.Put, $"{path}/answer", """{"says":"seen"}""", HttpStatusCode.Conflict);
        await SendAsync(HttpMethod.Delete, $"{path}/answer", null, HttpStatusCode.NoContent);
        await SendAsync(HttpMethod.Delete, $"{path}/answer", null, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_page_that_is_handed_over_proposes_an_answer_that_rests_on_it_once_confirmed()
    {
        var project = await ProjectAsync();
        var link = await UntoldLinks.AddAsync(Product, project, "https://a.example/post", CheckOutcome.Blocked, Now.AddDays(-2), Stop);
        var path = $"/api/v1/projects/{project}/links/{link}";
        await SendAsync(HttpMethod.Put, $"{path}/answer", """{"says":"seen","fromHandedPage":true}""", HttpStatusCode.Conflict);

        var elsewhere = await HandOverAsync(path, "https://b.example/post", HttpStatusCode.BadRequest);
        var nothing = await SendAsync(
            HttpMethod.Post, $"{path}/handed-page", """{"url":"mailto:a@b.example"}""", HttpStatusCode.BadRequest);
        var page = await HandOverAsync(path, "https://www.a.example/post/", HttpStatusCode.OK);
        var waiting = await Product.Api.GetAsync(path, Stop);
        var answer = await SendAsync(HttpMethod.Put, $"{path}/answer", """{"says":"seen","fromHandedPage":true}""", HttpStatusCode.OK);
        var confirmed = await Product.Api.GetAsync(path, Stop);

        var told = elsewhere.GetProperty("errors").GetProperty("url")[0].GetString();
        Assert.Contains("https://a.example/post", told, StringComparison.Ordinal);
        Assert.Equal(["html", "url"], nothing.GetProperty("errors").EnumerateObject().Select(error => error.Name));
        Assert.Equal(
            ("live", "seen", "api", "our shop"),
            (page.GetProperty("state").GetString(), page.GetProperty("proposes").GetString(), page.GetProperty("way").GetString(),
                page.GetProperty("evidence").GetProperty("anchor").GetString()));
        Assert.Equal(JsonValueKind.Null, waiting.GetProperty("answer").ValueKind);
        Assert.Equal("live", waiting.GetProperty("handedPage").GetProperty("state").GetString());
        Assert.Equal("https://www.a.example/post/", answer.GetProperty("proof").GetProperty("url").GetString());
        Assert.Equal(JsonValueKind.Null, confirmed.GetProperty("handedPage").ValueKind);
        Assert.Equal(waiting.GetProperty("evidence").ToString(), confirmed.GetProperty("evidence").ToString());
    }

    [Theory]
    [InlineData("""{}""", "says")]
    [InlineData("""{"says":"maybe"}""", "says")]
    [InlineData("""{"says":"seen","days":0}""", "days")]
    [InlineData("""{"says":"seen","days":366}""", "days")]
    [InlineData("""{"says":"seen","who":"me"}""", "who")]
    public async Task What_is_wrong_with_an_answer_is_told_by_field(string json, string field)
    {
        var project = await ProjectAsync();
        var link = await UntoldLinks.AddAsync(Product, project, "https://a.example/", CheckOutcome.Blocked, Now.AddDays(-2), Stop);

        var problem = await SendAsync(HttpMethod.Put, $"/api/v1/projects/{project}/links/{link}/answer", json, HttpStatusCode.BadRequest);

        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _));
    }

    [Fact]
    public async Task A_link_of_another_project_or_none_is_not_found()
    {
        var project = await ProjectAsync();
        var other = await ProjectAsync();
        var link = await UntoldLinks.AddAsync(Product, other, "https://a.example/", CheckOutcome.Blocked, Now.AddDays(-2), Stop);

        await SendAsync(
            HttpMethod.Put, $"/api/v1/projects/{project}/links/{link}/answer", """{"says":"seen"}""", HttpStatusCode.NotFound);
        await HandOverAsync($"/api/v1/projects/{project}/links/{link}", "https://a.example/", HttpStatusCode.NotFound);
    }

    private async Task SeeAsync(string project, string id)
    {
        var links = Product.Get<ILinkStore>();
        var link = (await links.GetAsync(new ProjectId(project), new LinkId(id), Stop))!;
        var status = link.Status with
        {
            LastCheckedAt = Now,
            LastObservedAt = Now,
            UnobservedSince = null,
            LastEvidence = link.Status.LastEvidence! with { Outcome = CheckOutcome.Observed, CheckedAt = Now },
        };
        Assert.Equal(SaveOutcome.Saved, await links.SaveCheckAsync(link with { Status = status }, null, Stop));
    }

    private async Task<List<string>> QueueAsync(string project) =>
        [.. (await Product.Api.GetAsync($"/api/v1/projects/{project}/human", Stop)).GetProperty("items").EnumerateArray()
            .Select(item => item.GetProperty("id").GetString()!)];

    private Task<string> ProjectAsync() =>
        Product.Api.CreateProjectAsync(new { name = "People", recipients = new[] { "anna@example.org" } }, Stop);

    private Task<JsonElement> SendAsync(HttpMethod method, string path, string? json, HttpStatusCode expected) =>
        Product.Api.SendAsync(method, path, json, expected, Stop);

    private Task<JsonElement> HandOverAsync(string link, string url, HttpStatusCode expected) => SendAsync(
        HttpMethod.Post, $"{link}/handed-page", JsonSerializer.Serialize(new { html = Article, url }), expected);

    [Fact]
    public async Task An_answer_is_given_and_taken_back_over_the_version_that_was_read()
    {
        var project = await ProjectAsync();
        var link = await UntoldLinks.AddAsync(Product, project, "https://v.example/", CheckOutcome.Blocked, Now.AddDays(-2), Stop);
        var path = $"/api/v1/projects/{project}/links/{link}/answer";

        var (none, first) = await MatchAsync(HttpMethod.Put, path, "none");
        Product.Clock.Advance(TimeSpan.FromMinutes(1));
        var (again, _) = await MatchAsync(HttpMethod.Put, path, "none");
        var (stale, _) = await MatchAsync(HttpMethod.Delete, path, "none");
        var (changed, second) = await MatchAsync(HttpMethod.Put, path, first!);
        var (former, _) = await MatchAsync(HttpMethod.Delete, path, first!);
        var (taken, _) = await MatchAsync(HttpMethod.Delete, path, second!);

        Assert.Equal(
            [
                HttpStatusCode.OK, HttpStatusCode.PreconditionFailed, HttpStatusCode.PreconditionFailed, HttpStatusCode.OK,
                HttpStatusCode.PreconditionFailed, HttpStatusCode.NoContent,
            ],
            [none, again, stale, changed, former, taken]);
    }

    // The status, and the version that the answer shows.
    private async Task<(HttpStatusCode Status, string? Version)> MatchAsync(HttpMethod method, string path, string version)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        if (method == HttpMethod.Put)
            request.Content = new StringContent("""{"says":"seen"}""", System.Text.Encoding.UTF8, "application/json");
        using var response = await Product.Api.Client.SendAsync(request, Stop);
        var told = response.Headers.ETag?.Tag.Trim('"');
        if (response.StatusCode == HttpStatusCode.OK)
        {
            var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Stop)).RootElement;
            Assert.Equal(told, body.GetProperty("version").GetString());
        }

        return (response.StatusCode, told);
    }
}
