using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Data.Tables;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;

namespace LinkMonitor.IntegrationTests.Projects;

/// <summary>A project is gone at once, and what it owned by and by, whatever is killed on the way.</summary>
public sealed class ProjectDeleteTests
{
    private const int MoreCallsThanAPurgeMakes = 24;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Deleting_costs_the_request_a_few_calls_however_much_there_is()
    {
        var count = new CountHook();
        await using var product = await Product.StartAsync(ProductSettings.InMemory().Through(count), Token);
        var project = await FillAsync(product, links: 1_000);
        count.Clear();

        await product.Api.SendAsync(HttpMethod.Delete, $"/api/v1/projects/{project}", null, HttpStatusCode.NoContent, Token);

        Assert.InRange(count.Total, 1, 4);
        foreach (var path in new[] { "", "/links", "/changes", "/alerts", "/channels", "/changes.rss" })
        {
            using var answer = await product.Api.Client.GetAsync($"/api/v1/projects/{project}{path}", Token);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }


        Assert.Empty((await product.Api.GetAsync("/api/v1/projects", Token)).GetProperty("items").EnumerateArray());
        await AssertGoneAsync(product, project);
    }

    [Fact]
    public async Task Purge_that_dies_at_any_storage_call_leaves_nothing_in_the_end()
    {
        var crash = new CrashHook();
        await using var product = await Product.StartAsync(ProductSettings.InMemory().Through(crash), Token);
        var died = new List<bool>();
        foreach (var place in CrashPlace.AfterFirst(MoreCallsThanAPurgeMakes))
        {
            var project = await FillAsync(product, links: 3);
            await product.Api.SendAsync(HttpMethod.Delete, $"/api/v1/projects/{project}", null, HttpStatusCode.NoContent, Token);

            died.Add(await product.DiesAsync(crash, place, "PurgeProjects", "", Token));

            await AssertGoneAsync(product, project);
        }

        Assert.True(died[0], "The first place is not one to die at; the test does not test.");
        Assert.False(died[^1], "The purge makes more calls than there are places; add places.");
    }

    [Fact]
    public async Task Request_that_dies_leaves_the_project_or_nothing_of_it()
    {
        var crash = new CrashHook();
        await using var product = await Product.StartAsync(ProductSettings.InMemory().Through(crash), Token);
        foreach (var place in CrashPlace.OfFirst(4))
        {
            var project = await FillAsync(product, links: 3);
            crash.Arm(place.Call, place.AfterCall);
            using (await product.Api.Client.DeleteAsync($"/api/v1/projects/{project}", Token))
                crash.Disarm();
            await product.TickAsync("PurgeProjects", Token);

            using var asked = await product.Api.Client.GetAsync($"/api/v1/projects/{project}", Token);
            if (asked.StatusCode == HttpStatusCode.OK)
                Assert.Equal(3, (await LinksAsync(product, project)).GetArrayLength());
            else
                await AssertGoneAsync(product, project);
        }
    }

    [Fact]
    public async Task Nobody_is_told_anything_more_and_what_comes_late_is_purged_too()
    {
        await using var web = await LocalWeb.StartAsync(Token);
        var folder = Directory.CreateTempSubdirectory("deleted-project");
        await using var product = await Product.StartAsync(ProductSettings.InMemory() with { MailFolder = folder.FullName }, Token);
        var blog = new WatchedBlog(web);
        var told = await ToldProject.StartAsync(product, blog, 3, new { name = "Gone", recipients = new[] { "anna@example.org" } }, Token);
        await told.ConfirmAsync("", Token);
        Assert.Equal(3, await told.OutboxAsync(Token));

        await product.Api.SendAsync(HttpMethod.Delete, $"/api/v1/projects/{told.Id}", null, HttpStatusCode.NoContent, Token);
        await product.TickAsync("SweepAlerts", Token);
        await product.DeliverAllAsync("SendAlerts", Token);
        var requests = blog.RequestsFor(0);
        await told.CheckAfterAsync(TimeSpan.FromDays(1), Token);

        Assert.Empty(folder.GetFiles());
        Assert.Equal(requests, blog.RequestsFor(0));
        await AssertGoneAsync(product, told.Id);
        await told.TellAsync(Token);
        await AssertGoneAsync(product, told.Id);
        folder.Delete(true);
    }

    [Fact]
    public async Task Key_of_a_project_reads_its_own_only()
    {
        var count = new CountHook();
        await using var product = await Product.StartAsync(ProductSettings.InMemory().Through(count), Token);
        var (own, other) = (await FillAsync(product, links: 1), await FillAsync(product, links: 1));
        var wanted = new { name = "own", scope = "write", projectId = own };
        var key = await product.Api.PostAsync("/api/v1/keys", wanted, HttpStatusCode.Created, Token);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = product.Api.Client.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.GetProperty("key").GetString());
        using var driver = new ApiDriver(client);
        count.Clear();

        var listed = Assert.Single((await driver.GetAsync("/api/v1/projects", Token)).GetProperty("items").EnumerateArray());

        Assert.Equal(own, listed.GetProperty("id").GetString());
        Assert.Equal(0, count.Of(TableNames.Projects, nameof(ITable.QueryAsync)));
        foreach (var path in new[] { "", "/links", "/changes.rss", "/vendors" })
            Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/api/v1/projects/{other}{path}", Token)).StatusCode);
        foreach (var path in new[] { "/public-addresses/revoke", "/public-addresses/feed" })
        {
            using var answer = await client.PostAsJsonAsync($"/api/v1/projects/{other}{path}", new { }, Token);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }


        Assert.Equal(HttpStatusCode.NotFound, (await client.DeleteAsync($"/api/v1/projects/{other}", Token)).StatusCode);
    }

    private static async Task<string> FillAsync(Product product, int links)
    {
        var project = await product.Api.CreateProjectAsync(new { name = "Full", recipients = new[] { "anna@example.org" } }, Token);
        var terms = new { end = "2027-01-01" };
        var batch = Enumerable.Range(0, links)
            .Select(n => new { page = $"http://127.0.0.1:9/{project}/{n}", target = "https://example.org/", terms });
        var channel = new { kind = "webhook", address = "https://hooks.example.org/a" };
        var key = new { name = "own", scope = "read", projectId = project };
        await product.Api.PostAsync($"/api/v1/projects/{project}/links", batch, HttpStatusCode.OK, Token);
        await product.Api.PostAsync($"/api/v1/projects/{project}/channels", channel, HttpStatusCode.Created, Token);
        await product.Api.PostAsync("/api/v1/keys", key, HttpStatusCode.Created, Token);
        await product.TickAsync("SweepAlerts", Token);
        await product.DeliverAllAsync("SendAlerts", Token);
        return project;
    }

    /// <summary>After all timers have run for a while, no row of any table names the project.</summary>
    private static async Task AssertGoneAsync(Product product, string project)
    {
        for (var round = 0; round < 4; round++)
        {
            product.Clock.Advance(TimeSpan.FromDays(1));
            await product.TickAsync("SweepAlerts", Token);
            await product.DeliverAllAsync("SendAlerts", Token);
            await product.TickAsync("ScheduleChecks", Token);
            await product.DeliverAllAsync("CheckPage", Token);
            await product.TickAsync("PurgeProjects", Token);
        }

        foreach (var table in TableNames.All)
        {
            var left = (await product.RowsAsync(table, Token)).Where(row => Names(row, project) && !IsDeed(table, row));
            Assert.Empty(left.Select(row => $"{table} {row.PartitionKey} {row.RowKey}"));
        }

    }

    private static async Task<JsonElement> LinksAsync(Product product, string project) =>
        (await product.Api.GetAsync($"/api/v1/projects/{project}/links", Token)).GetProperty("items");

    // Who created and deleted it stays in the log of the installation.
    private static bool IsDeed(string table, TableEntity row) => table == TableNames.Audit && row.PartitionKey == "installation";

    private static bool Names(TableEntity row, string project) =>
        row.Any(column => column.Value is string text && text.Contains(project, StringComparison.Ordinal));
}
