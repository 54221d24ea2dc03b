using System.Net;
using System.Net.Http.Headers;
using System.Text;
using LinkMonitor.Api.Limits;
using LinkMonitor.IntegrationTests.Dashboard;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Monitoring;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Ids;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LinkMonitor.IntegrationTests.Api;

public sealed class LimitsTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private HttpClient Client => fixture.Product.Api.Client;

    [Theory]
    [InlineData("/health")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/api/v1/projects")]
    [InlineData("/api/v1/projects/prj_none")]
    [InlineData("/nothing-here")]
    public async Task Every_answer_is_of_its_declared_type_and_kept_by_no_cache(string path)
    {
        using var answer = await Client.GetAsync(path, Stop);

        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    /// <summary>A person who mistyped an address gets a page, a program what it can read.</summary>
    [Theory]
    [InlineData("/nothing-here", "navigate", "text/html")]
    [InlineData("/nothing-here", "cors", "application/problem+json")]
    [InlineData("/api/v1/nothing-here", "navigate", "application/problem+json")]
    public async Task Nothing_at_an_address_is_told_as_the_reader_reads(string path, string mode, string type)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Sec-Fetch-Mode", mode);

        using var answer = await Client.SendAsync(request, Stop);

        Assert.Equal((HttpStatusCode.NotFound, type), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
    }

    [Theory]
    [InlineData("/api/v1/projects", 70_000)]
    [InlineData("/api/v1/keys", 70_000)]
    public async Task A_body_larger_than_any_of_its_route_is_refused_unread(string path, int bytes)
    {
        using var body = new StringContent($"{{\"name\":\"{new string('x', bytes)}\"}}", Encoding.UTF8, "application/json");

        using var answer = await Client.PostAsync(path, body, Stop);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_batch_of_links_may_be_larger_and_not_without_end()
    {
        var project = await fixture.Product.Api.CreateProjectAsync(new { name = "Batch" }, Stop);
        // Not registered, which would take its time: the pages are no URLs.
        var link =
            $"{{\"page\":\"{new string('p', 1_900)}\","
            + $"\"target\":\"https://example.org/{new string('t', 1_900)}\",\"note\":\"{new string('n', 2_000)}\"}}";
        using var whole = new StringContent($"[{string.Join(',', Enumerable.Repeat(link, 1_000))}]", Encoding.UTF8, "application/json");
        using var beyond = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/projects/{project}/links")
        {
            Headers = { ExpectContinue = true },
            Content = new StringContent($"[{string.Join(',', Enumerable.Repeat(link, 2_000))}]", Encoding.UTF8, "application/json"),
        };

        using var taken = await Client.PostAsync($"/api/v1/projects/{project}/links", whole, Stop);
        using var refused = await Client.SendAsync(beyond, Stop);

        Assert.NotEqual(HttpStatusCode.RequestEntityTooLarge, taken.StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
    }

    [Fact]
    public async Task A_form_that_is_too_large_is_refused_with_the_limit_of_its_page()
    {
        var project = await fixture.Product.Api.CreateProjectAsync(new { name = "Forms" }, Stop);
        using var visitor = await DashboardVisitor.EnterAsync(fixture.Product, Product.AdminKey, Stop);

        using var answer = await visitor.PostAsync(
            $"/app/p/{project}/settings", DashboardVisitor.Fields(("name", new string('x', 13 * 1024 * 1024))),
            ("Expect", "100-continue"), Stop);
        var imports = fixture.Product.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>().First(endpoint => endpoint.RoutePattern.RawText!.TrimEnd('/') == "/app/p/{projectId}/imports"
                && endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Contains("POST"));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("may have 12 MiB. Nothing was changed", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Equal(
            "128 MiB", BodyLimits.Text(imports.Metadata.GetMetadata<IRequestSizeLimitMetadata>()!.MaxRequestBodySize!.Value));
    }

    [Theory]
    [InlineData("1500-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    public async Task A_time_that_storage_does_not_know_is_a_400_with_its_field(string time)
    {
        var (project, link) = await LinkAsync();

        using var body = new StringContent($"{{\"muted\":true,\"mutedUntil\":\"{time}\"}}", Encoding.UTF8, "application/json");
        using var answer = await Client.PatchAsync($"/api/v1/projects/{project}/links/{link}", body, Stop);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("mutedUntil", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ä@example.org")]
    [InlineData("a\\u0001@example.org")]
    [InlineData("a@example.org\\r\\nBcc: b@example.org")]
    [InlineData("a@example..org")]
    public async Task A_recipient_that_no_mail_could_go_to_is_a_400_with_its_field(string recipient)
    {
        using var body = new StringContent($"{{\"name\":\"Example\",\"recipients\":[\"{recipient}\"]}}", Encoding.UTF8, "application/json");

        using var answer = await Client.PostAsync("/api/v1/projects", body, Stop);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("recipients", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_with_thousands_of_fields_is_refused_and_changes_nothing()
    {
        var (project, link) = await LinkAsync();
        var links = await LinksAsync(project);
        using var log = new LoggedText();
        fixture.Product.Get<ILoggerFactory>().AddProvider(log);
        Uri[] addresses = [
            links.Unsubscribe(project, ChannelIdFactory.For(project, ChannelKind.Email, "anna@example.org"))!, links.Mute(project, link)!,
        ];
        foreach (var address in addresses)
            await RefuseFormsAsync(address);
        // The recheck reads no form, whatever comes.
        using var huge = new FormUrlEncodedContent(Enumerable.Range(0, 5_000).Select(number => KeyValuePair.Create($"field{number}", "x")));
        using var reader = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var unread = await reader.PostAsync(links.Recheck(project, link), huge, Stop);

        Assert.Equal(HttpStatusCode.OK, unread.StatusCode);
        Assert.All(
            addresses.Append(links.Recheck(project, link)!),
            address => Assert.DoesNotContain(address.Segments[^1], log.Text, StringComparison.Ordinal));
        Assert.False((await fixture.Product.Api.GetLinkAsync(project.Value, link.Value, Stop)).GetProperty("muted").GetBoolean());
    }

    private static async Task RefuseFormsAsync(Uri address)
    {
        using var many = new FormUrlEncodedContent(Enumerable.Range(0, 400).Select(number => KeyValuePair.Create($"f{number}", "")));
        using var huge = new FormUrlEncodedContent(Enumerable.Range(0, 5_000).Select(number => KeyValuePair.Create($"field{number}", "x")));
        using var reader = new HttpClient(new SocketsHttpHandler { UseProxy = false });

        using var refused = await reader.PostAsync(address, many, Stop);
        using var unread = await reader.PostAsync(address, huge, Stop);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.RequestEntityTooLarge), (refused.StatusCode, unread.StatusCode));
    }

    [Fact]
    public async Task A_forwarded_address_fetches_a_page_once_in_ten_minutes()
    {
        var (project, link) = await LinkAsync();
        var address = (await LinksAsync(project)).Recheck(project, link)!;
        using var reader = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        await fixture.Product.Get<PageSchedule>().EnqueueDueAsync(Stop);

        using var underWay = await reader.PostAsync(address, null, Stop);

        Assert.Contains("checked just now", await underWay.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        fixture.Product.Clock.Advance(TimeSpan.FromHours(1));
        using var asked = await reader.PostAsync(address, null, Stop);
        using var again = await reader.PostAsync(address, null, Stop);
        Assert.Contains("is being checked</h1>", await asked.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Contains("checked just now", await again.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_public_address_that_is_asked_for_too_often_says_when_to_come_again()
    {
        var (project, link) = await LinkAsync();
        var address = (await LinksAsync(project)).Link(project, link)!;
        using var reader = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        for (var time = 0; time < 30; time++)
        {
            using var answer = await reader.GetAsync(address, Stop);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.StartsWith($"\"shared\";r={29 - time};", Assert.Single(answer.Headers.GetValues("RateLimit")), StringComparison.Ordinal);
        }

        using var refused = await reader.GetAsync(address, Stop);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
    }

    [Fact]
    public async Task Whoever_guesses_keys_is_slowed_down_and_whoever_has_one_is_not()
    {
        using var guesser = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Client.BaseAddress };
        guesser.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "lm_a-guess");
        var statuses = new List<HttpStatusCode>();
        for (var time = 0; time < 61; time++)
        {
            using var answer = await guesser.GetAsync("/api/v1/projects", Stop);
            statuses.Add(answer.StatusCode);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, statuses[0]);
        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
        using var known = await Client.GetAsync("/api/v1/projects", Stop);
        Assert.Equal(HttpStatusCode.OK, known.StatusCode);
    }

    [Fact]
    public async Task Whoever_guesses_public_addresses_is_slowed_down_and_whoever_has_one_is_not()
    {
        var (project, link) = await LinkAsync();
        var address = (await LinksAsync(project)).Link(project, link)!;
        using var reader = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var statuses = new List<HttpStatusCode>();
        for (var guess = 0; guess < 601; guess++)
        {
            using var answer = await reader.GetAsync(new Uri(address, $"/s/links/guess{guess}"), Stop);
            statuses.Add(answer.StatusCode);
        }

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.TooManyRequests), (statuses[0], statuses[^1]));
        foreach (var (mode, type) in new[] { ("navigate", "text/html"), ("cors", "application/problem+json") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "/s/links/guess"));
            request.Headers.Add("Sec-Fetch-Mode", mode);
            using var told = await reader.SendAsync(request, Stop);
            Assert.Equal(type, told.Content.Headers.ContentType!.MediaType);
            var text = await told.Content.ReadAsStringAsync(Stop);
            Assert.Contains("Too many requests", text, StringComparison.Ordinal);
            Assert.Contains($"Try again in {told.Headers.RetryAfter} s.", text, StringComparison.Ordinal);
            Assert.DoesNotContain("To your projects", text, StringComparison.Ordinal);
        }

        using var known = await reader.GetAsync(address, Stop);
        Assert.Equal(HttpStatusCode.OK, known.StatusCode);
    }

    [Fact]
    public async Task A_body_that_is_refused_counts_and_says_what_is_left()
    {
        var (project, link) = await LinkAsync();
        using var reader = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var many = new FormUrlEncodedContent(Enumerable.Range(0, 400).Select(number => KeyValuePair.Create($"f{number}", "")));

        using var refused = await reader.PostAsync((await LinksAsync(project)).Mute(project, link), many, Stop);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.StartsWith("\"shared\";r=29;", Assert.Single(refused.Headers.GetValues("RateLimit")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_of_one_name_have_a_quota_each()
    {
        var (project, link) = await LinkAsync();
        List<string> left = [];
        for (var key = 0; key < 2; key++)
        {
            var made = await fixture.Product.Api.PostAsync(
                "/api/v1/keys", new { name = "report script", scope = "write" }, HttpStatusCode.Created, Stop);
            using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Client.BaseAddress };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", made.GetProperty("key").GetString());
            using var answer = await client.PostAsync($"/api/v1/projects/{project}/links/{link}/check", null, Stop);
            left.Add(Assert.Single(answer.Headers.GetValues("RateLimit")));
        }

        Assert.All(left, one => Assert.StartsWith("\"check\";r=1199;", one, StringComparison.Ordinal));
    }

    private async Task<(ProjectId Project, LinkId Link)> LinkAsync()
    {
        var api = fixture.Product.Api;
        var project = await api.CreateProjectAsync(new { name = "Limits", recipients = new[] { "anna@example.org" } }, Stop);
        var page = $"https://blog.example.net/{Guid.NewGuid():N}";
        return (new ProjectId(project), new LinkId(await api.RegisterAsync(project, new { page, target = "https://example.org/" }, Stop)));
    }

    private Task<PublicLinks> LinksAsync(ProjectId project) => fixture.Product.LinksAsync(project, Stop);
}
