using System.Net;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Keys;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;

namespace LinkMonitor.IntegrationTests.Dashboard;

/// <summary>Where pages lead: to what opens, and back to where somebody was.</summary>
public sealed class WayTests : IAsyncLifetime
{
    private Product _product = null!;
    private ProjectId _project;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _product = await Product.StartAsync(ProductSettings.InMemory(), Token);
        _project = new ProjectId(await _product.Api.CreateProjectAsync(new { name = "Widgets" }, Token));
    }

    public ValueTask DisposeAsync() => _product.DisposeAsync();

    [Fact]
    public async Task An_owner_of_one_project_is_led_to_nothing_that_is_refused()
    {
        var key = (await _product.Get<KeyRing>().IssueAsync(
            "Olga", ApiKeyScope.Admin, ProjectSet.Of([_project]), new Author("test", "test"), Token)).Secret.Text;
        using var olga = await DashboardVisitor.EnterAsync(_product, key, Token);
        using var owner = await DashboardVisitor.EnterAsync(_product, Product.AdminKey, Token);

        var (some, all) = (await TextAsync(olga, "/app/people"), await TextAsync(owner, "/app/people"));

        foreach (var words in (string[])["href=\"/app/health\"", "href=\"/app/people/audit\"", ">all</option>"])
        {
            Assert.DoesNotContain(words, some, StringComparison.Ordinal);
            Assert.Contains(words, all, StringComparison.Ordinal);
        }

        Assert.Contains($"<option value=\"{_project}\"", some, StringComparison.Ordinal);
        using var refused = await olga.PostAsync("/app/people", DashboardVisitor.Fields(("name", "A"), ("role", "viewer")), null, Token);
        var text = await refused.Content.ReadAsStringAsync(Token);
        Assert.Contains("Choose one of your projects", text, StringComparison.Ordinal);
        Assert.DoesNotContain($"limited to some projects: {_project}", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_page_of_a_project_tells_how_many_links_need_a_human_once_its_links_are_known()
    {
        await AskedLink.MakeAsync(_product, _project, await RegisterAsync("walled"), Token, isAnswered: false);
        using var owner = await DashboardVisitor.EnterAsync(_product, Product.AdminKey, Token);
        await TextAsync(owner, $"/app/p/{_project}");

        foreach (var page in (string[])["", "/links", "/human", "/changes", "/cases", "/alerts", "/channels", "/imports", "/settings"])
            Assert.Contains("<span class=\"n\">1</span>", await TextAsync(owner, $"/app/p/{_project}{page}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Undo_leads_back_to_the_filter_that_was_open()
    {
        const string query = "?q=tag%3Abig";
        var link = await RegisterAsync("big");
        using var owner = await DashboardVisitor.EnterAsync(_product, Product.AdminKey, Token);
        var links = $"/app/p/{_project}/links";
        using var done = await owner.PostAsync(
            $"{links}/bulk/do", DashboardVisitor.Fields(("act", "mute"), ("q", "tag:big"), ("count", "1"), ("link", link.Value)),
            null, Token);
        Assert.Equal(links + query, done.Headers.Location?.ToString());
        var page = WebUtility.HtmlDecode(await TextAsync(owner, links + query));
        Assert.Contains($"name=\"place\" value=\"{links}{query}\"", page, StringComparison.Ordinal);
        var start = page.IndexOf($"{links}/undo/", StringComparison.Ordinal);
        var undo = page[start..page.IndexOf('"', start)];

        using var undone = await owner.PostAsync(undo, DashboardVisitor.Fields(("place", links + query)), null, Token);

        Assert.Equal(links + query, undone.Headers.Location?.ToString());
    }

    [Fact]
    public async Task A_type_that_the_project_does_not_have_is_refused_before_it_is_asked_for()
    {
        var link = await RegisterAsync("one");
        using var owner = await DashboardVisitor.EnterAsync(_product, Product.AdminKey, Token);

        using var answer = await owner.GetAsync($"/app/p/{_project}/links/bulk?act=set-type&type=bogus&link={link}", Token);

        Assert.Equal($"/app/p/{_project}/links", answer.Headers.Location?.ToString());
        Assert.Contains("no such type", await TextAsync(owner, $"/app/p/{_project}/links"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_that_are_sent_as_they_were_change_nothing_and_the_log_speaks_in_the_words_of_the_form()
    {
        using var owner = await DashboardVisitor.EnterAsync(_product, Product.AdminKey, Token);
        var path = $"/app/p/{_project}/settings";

        Assert.Contains("The settings are saved.", await SaveAsync("600"), StringComparison.Ordinal);
        Assert.Contains("Nothing was changed", await SaveAsync("600"), StringComparison.Ordinal);
        Assert.Contains(
            "Changed minutes between two checks of a page of the project", await TextAsync(owner, $"/app/p/{_project}/audit"),
            StringComparison.Ordinal);

        async Task<string> SaveAsync(string minutes)
        {
            using var answer = await owner.PostAsync(
                path,
                DashboardVisitor.Fields(
                    ("name", "Widgets"), ("recipients", ""), ("timeZone", "UTC"), ("language", "en"), ("senderName", ""), ("logoUrl", ""),
                    ("checkEveryMinutes", minutes), ("obeyRobots", "yes"), ("checkTargets", "yes")),
                null, Token);
            return await TextAsync(owner, path);
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/health")]
    [InlineData("/docs")]
    [InlineData("/sign-in")]
    [InlineData("/app")]
    [InlineData("/nothing")]
    public async Task Head_answers_as_get_without_a_body(string path)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
        {
            BaseAddress = _product.Api.Client.BaseAddress,
        };
        using var head = new HttpRequestMessage(HttpMethod.Head, path);

        using var got = await client.GetAsync(path, Token);
        using var answer = await client.SendAsync(head, Token);

        Assert.Equal(
            (got.StatusCode, got.Content.Headers.ContentType), (answer.StatusCode, answer.Content.Headers.ContentType));
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Token));
    }

    [Fact]
    public async Task A_patch_of_a_part_of_a_rule_leaves_the_rest_and_null_sets_it_back()
    {
        var first = await RuleAsync("""{"link":{"observations":4,"overMinutes":90}}""");
        var second = await RuleAsync("""{"link":{"observations":5}}""");
        var third = await RuleAsync("""{"link":{"overMinutes":null}}""");

        Assert.Equal([(4, 90), (5, 90), (5, 60)], [first, second, third]);

        async Task<(int, int)> RuleAsync(string confirmation)
        {
            var rule = (await _product.Api.SendAsync(
                HttpMethod.Patch, $"/api/v1/projects/{_project}", $$"""{"confirmation":{{confirmation}}}""", HttpStatusCode.OK, Token))
                .GetProperty("confirmation").GetProperty("link");
            return (rule.GetProperty("observations").GetInt32(), rule.GetProperty("overMinutes").GetInt32());
        }
    }

    private async Task<LinkId> RegisterAsync(string tag) => new(await _product.Api.RegisterAsync(
        _project.Value, new { page = $"https://{tag}.example/", target = "https://example.org/", tags = new[] { tag } }, Token));

    private static async Task<string> TextAsync(DashboardVisitor visitor, string path)
    {
        using var answer = await visitor.GetAsync(path, Token);
        return await answer.Content.ReadAsStringAsync(Token);
    }
}
