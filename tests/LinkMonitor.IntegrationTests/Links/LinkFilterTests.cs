using System.Net;
using System.Text.Json;
using LinkMonitor.IntegrationTests.Support;

namespace LinkMonitor.IntegrationTests.Links;

/// <summary>Filter lines over the API.</summary>
public sealed class LinkFilterTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ApiDriver Api => fixture.Product.Api;

    [Fact]
    public async Task A_line_filters_sorts_pages_and_counts()
    {
        var links = await LinksAsync();

        var first = await Api.GetAsync($"{links}?filter={Uri.EscapeDataString("-tag:t2 sort:-page")}&limit=2", Stop);
        var cursor = first.GetProperty("cursor").GetString()!;
        var rest = await Api.GetAsync($"{links}?filter={Uri.EscapeDataString("-tag:t2 sort:-page")}&limit=2&cursor={cursor}", Stop);
        var both = await Api.GetAsync($"{links}?filter=host:*.example.net&tag=T1", Stop);
        var counts = await Api.GetAsync($"{links}/counts?filter=-tag:t2", Stop);

        Assert.Equal(["https://a3.example.net/", "https://a1.example.net/"], Pages(first));
        Assert.Equal(["https://a0.example.net/"], Pages(rest));
        Assert.Equal(JsonValueKind.Null, rest.GetProperty("cursor").ValueKind);
        Assert.Equal(["https://a1.example.net/"], Pages(both));
        Assert.Equal(3, counts.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Own_writes_show_at_once()
    {
        var links = await LinksAsync();
        var found = await Api.GetAsync($"{links}?filter=tag:t1", Stop);
        var id = found.GetProperty("items")[0].GetProperty("id").GetString();

        await Api.SendAsync(HttpMethod.Patch, $"{links}/{id}", """{"tags":["fresh"]}""", HttpStatusCode.OK, Stop);

        Assert.Empty(Pages(await Api.GetAsync($"{links}?filter=tag:t1", Stop)));
        Assert.Equal(["https://a1.example.net/"], Pages(await Api.GetAsync($"{links}?filter=tag:fresh", Stop)));
    }

    [Fact]
    public async Task What_has_not_changed_is_not_sent_again()
    {
        var links = await LinksAsync();
        async Task<(HttpStatusCode, System.Net.Http.Headers.EntityTagHeaderValue?)> AskAsync(
            System.Net.Http.Headers.EntityTagHeaderValue? known)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{links}?filter=tag:t1");
            if (known is not null)
                request.Headers.IfNoneMatch.Add(known);
            using var answer = await Api.Client.SendAsync(request, Stop);
            return (answer.StatusCode, answer.Headers.ETag);
        }

        var (first, tag) = await AskAsync(null);
        Assert.Equal((HttpStatusCode.OK, true), (first, tag?.IsWeak));
        Assert.Equal((HttpStatusCode.NotModified, tag), await AskAsync(tag));
        var id = (await Api.GetAsync($"{links}?filter=tag:t1", Stop)).GetProperty("items")[0].GetProperty("id").GetString();
        await Api.SendAsync(HttpMethod.Patch, $"{links}/{id}", """{"note":"fresh"}""", HttpStatusCode.OK, Stop);
        var (changed, next) = await AskAsync(tag);
        Assert.Equal(HttpStatusCode.OK, changed);
        Assert.NotEqual(tag, next);
    }

    [Theory]
    [InlineData("filter=satte:lost%20cost:x", "filter", "Did you mean state?")]
    [InlineData("filter=satte:lost%20cost:x", "filter", "At 17: 'x' is no amount.")]
    [InlineData("filter=tag:a&cursor=AAAA", "cursor", "not a cursor of this list")]
    public async Task What_is_wrong_is_told_by_parameter(string query, string field, string words)
    {
        var links = await LinksAsync();

        var problem = await Api.SendAsync(HttpMethod.Get, $"{links}?{query}", null, HttpStatusCode.BadRequest, Stop);

        Assert.Contains(words, problem.GetProperty("errors").GetProperty(field)[0].GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("type:guestpost")]
    [InlineData("-type:guestpost")]
    [InlineData("type:forum,guestpost")]
    public async Task A_type_that_there_is_none_of_is_refused_wherever_a_line_is_taken_and_the_known_ones_are_named(string line)
    {
        var links = await LinksAsync();
        var project = links[..links.LastIndexOf('/')];
        var query = Uri.EscapeDataString(line);
        (HttpMethod Method, string Path, object? Body)[] places =
        [
            (HttpMethod.Get, $"{links}?filter={query}", null),
            (HttpMethod.Get, $"{links}/counts?filter={query}", null),
            (HttpMethod.Get, $"{project}/export.csv?filter={query}", null),
            (HttpMethod.Post, $"{links}/bulk", new { action = "mute", filter = line }),
            (HttpMethod.Post, $"{project}/views", new { name = "Mine", filter = line }),
            (HttpMethod.Post, $"{project}/disavow/preview", new { filter = line }),
            (HttpMethod.Post, $"{project}/reports", new { title = "Report", filter = line }),
            (HttpMethod.Post, $"{project}/reports/preview", new { title = "Report", filter = line }),
        ];
        foreach (var (method, path, body) in places)
        {
            var problem = await Api.SendAsync(
                method, path, body is null ? null : JsonSerializer.Serialize(body), HttpStatusCode.BadRequest, Stop);

            Assert.Contains(
                "There is no type 'guestpost'. Did you mean guest-post? There are: guest-post, editorial",
                problem.GetProperty("errors").GetProperty("filter")[0].GetString(), StringComparison.Ordinal);
        }

        Assert.Empty(Pages(await Api.GetAsync($"{links}?filter=type:forum", Stop)));
    }

    [Fact]
    public async Task A_cursor_of_another_order_is_refused()
    {
        var links = await LinksAsync();
        var cursor = (await Api.GetAsync($"{links}?filter=sort:page&limit=1", Stop)).GetProperty("cursor").GetString();

        var problem = await Api.SendAsync(
            HttpMethod.Get, $"{links}?filter=sort:-page&limit=1&cursor={cursor}", null, HttpStatusCode.BadRequest, Stop);
        await Api.SendAsync(HttpMethod.Get, $"{links}?limit=1&cursor={cursor}", null, HttpStatusCode.BadRequest, Stop);

        Assert.Contains("cursor", problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }

    private async Task<string> LinksAsync()
    {
        var project = await Api.CreateProjectAsync(new { name = "Filter", recipients = new[] { "anna@example.org" } }, Stop);
        for (var number = 0; number < 4; number++)
            await Api.RegisterAsync(
                project, new { page = $"https://a{number}.example.net/", target = "https://example.org/", tags = new[] { $"t{number}" } },
                Stop);
        return $"/api/v1/projects/{project}/links";
    }

    private static string?[] Pages(JsonElement list) =>
        [.. list.GetProperty("items").EnumerateArray().Select(link => link.GetProperty("page").GetString())];
}
