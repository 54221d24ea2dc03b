using System.Net;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Failures;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Rows;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LinkMonitor.IntegrationTests.Dashboard;

/// <summary>Forms say all that the API takes, and nothing is saved that nobody typed.</summary>
public sealed class FormTests(DashboardFixture fixture) : IClassFixture<DashboardFixture>
{
    private const string Target = "https://example.org/";

    private static readonly string Post = "<title>A post</title><article><h1>A post</h1><p><a href='https://other.example/'>Elsewhere</a> "
        + string.Concat(Enumerable.Repeat("lamps are sold that light a room of any size. ", 40)) + "</article>";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("checkEveryMinutes", "", "It must be a whole number of at most ten digits, for example 30; this is empty.")]
    [InlineData("checkEveryMinutes", "1e3", "this is the text &#x27;1e3&#x27;")]
    [InlineData("checkEveryMinutes", "5", "60 to 43200 minutes; it is 5.")]
    [InlineData("obeyRobots", "zz", "It must be true or false; this is the text &#x27;zz&#x27;.")]
    [InlineData("checkTargets", "zz", "It must be true or false; this is the text &#x27;zz&#x27;.")]
    [InlineData("timeZone", "", "is not a known time zone. Use an IANA name, for example Europe/Berlin.")]
    [InlineData("language", "", "is not one of")]
    public async Task A_setting_that_cannot_be_meant_is_refused_at_its_field(string field, string typed, string told)
    {
        var project = await fixture.Product.Api.CreateProjectAsync(new { name = "Settings" }, Token);
        using var visitor = await DashboardVisitor.EnterAsync(fixture.Product, Product.AdminKey, Token);
        var sent = new Dictionary<string, string>
        {
            ["name"] = "Settings",
            ["recipients"] = "",
            ["timeZone"] = "UTC",
            ["language"] = "en",
            ["senderName"] = "",
            ["logoUrl"] = "",
            ["checkEveryMinutes"] = "1440",
            ["obeyRobots"] = "yes",
            ["checkTargets"] = "no",
            [field] = typed,
        };

        using var answer = await visitor.PostAsync($"/app/p/{project}/settings", sent, null, Token);
        var page = await answer.Content.ReadAsStringAsync(Token);
        var kept = await fixture.Product.Api.GetAsync($"/api/v1/projects/{project}", Token);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(told, page[page.IndexOf($"id=\"f-{field}-error\"", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.True(kept.GetProperty("checkTargets").GetBoolean());
    }

    [Fact]
    public async Task A_form_whose_end_is_missing_is_told_to_its_sender_and_is_no_fault_of_ours()
    {
        var project = await fixture.Product.Api.CreateProjectAsync(new { name = "Cut off" }, Token);
        using var visitor = await DashboardVisitor.EnterAsync(fixture.Product, Product.AdminKey, Token);
        using var page = await visitor.PostAsync($"/app/p/{project}/imports", CutOff(), Token);
        using var refused = await fixture.Product.Api.Client.PostAsync(
            $"/api/v1/projects/{project}/imports/preview", CutOff(), Token);

        Assert.Equal(HttpStatusCode.BadRequest, page.StatusCode);
        Assert.Contains("arrived incomplete", await page.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("send it again", await refused.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);

        static ByteArrayContent CutOff()
        {
            var body = new ByteArrayContent(
                "--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"l.csv\"\r\n\r\npage,target\r\n"u8.ToArray());
            body.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=cut");
            return body;
        }
    }

    [Fact]
    public async Task A_filter_for_a_type_that_there_is_none_of_names_those_that_there_are()
    {
        var project = await fixture.Product.Api.CreateProjectAsync(new { name = "Types" }, Token);
        await fixture.Product.Api.RegisterAsync(project, new { page = "https://typed.example/", target = Target }, Token);
        using var visitor = await DashboardVisitor.EnterAsync(fixture.Product, Product.AdminKey, Token);

        var page = await TextAsync(visitor, $"/app/p/{project}/links?q=type:guest");
        var without = await TextAsync(visitor, $"/app/p/{project}/links?q=-type:guest");
        var exports = await TextAsync(visitor, $"/app/p/{project}/exports?q=type:guest");
        var known = await TextAsync(visitor, $"/app/p/{project}/links?q=type:forum");
        var far = await TextAsync(visitor, $"/app/p/{project}/links?q=type:nix");

        foreach (var text in new[] { page, without, exports })
            Assert.Contains(
                "There is no type &#x27;guest&#x27;. Did you mean guest-post? There are: guest-post, editorial", text,
                StringComparison.Ordinal);
        Assert.DoesNotContain("There is no type", known, StringComparison.Ordinal);
        Assert.Contains("Save this filter", known, StringComparison.Ordinal);
        Assert.Contains("There is no type &#x27;nix&#x27;. There are: guest-post,", far, StringComparison.Ordinal);
        foreach (var text in new[] { page, without, far })
        {
            Assert.DoesNotContain("Save this filter", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Report on these", text, StringComparison.Ordinal);
            Assert.DoesNotContain("typed.example", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_set_aside_is_counted_where_not_all_of_it_is_shown()
    {
        await using var product = await Product.StartAsync(ProductSettings.InMemory(), Token);
        var store = product.Get<ISetAsideStore>();
        for (var number = 0; number < 205; number++)
            await store.PutAsync(
                new SetAsideNote
                {
                    Name = new SetAsideName("Links", "prj_x", $"link:{number}"),
                    Problem = "It is damaged.",
                    Advice = "Repair it.",
                },
                product.Clock.GetUtcNow(), Token);
        using var visitor = await DashboardVisitor.EnterAsync(product, Product.AdminKey, Token);

        var page = await TextAsync(visitor, "/app/health");

        Assert.Contains("These are the first 200 of 205; the API lists all of them", page, StringComparison.Ordinal);
        Assert.Equal(200, page.Split("It is damaged.").Length - 1);
    }

    [Fact]
    public async Task The_tiles_of_the_overview_say_how_many_are_how_and_that_who_needs_a_human_is_counted_there_too()
    {
        var product = fixture.Product;
        var project = await product.Api.CreateProjectAsync(new { name = "Tiles" }, Token);
        using var visitor = await DashboardVisitor.EnterAsync(product, Product.AdminKey, Token);
        var empty = await TextAsync(visitor, $"/app/p/{project}");
        foreach (var name in new[] { "one", "two" })
            await product.Api.RegisterAsync(project, new { page = $"https://{name}.tiles.example/", target = Target }, Token);
        var id = await product.Api.RegisterAsync(project, new { page = "https://unseen.tiles.example/", target = Target }, Token);
        await AskedLink.MakeAsync(product, new ProjectId(project), new LinkId(id), Token, isAnswered: false);

        var page = await TextAsync(visitor, $"/app/p/{project}");
        var tiles = page[page.IndexOf("<ul class=\"counts\">", StringComparison.Ordinal)..];
        tiles = tiles[..tiles.IndexOf("</ul>", StringComparison.Ordinal)];

        Assert.Contains("No links yet", empty, StringComparison.Ordinal);
        Assert.Equal(2, tiles.Split("<li>").Length - 1);
        Assert.Matches("<b>3</b><span class=\"s pending\">.*pending</span>", tiles);
        Assert.Matches("<b>1</b><span class=\"s unknown\">.*needs a human</span><span[^>]*>counted in its state, too</span>", tiles);
        Assert.Matches($"href=\"/app/p/{project}/links\\?q=state[^\"]*pending\"", tiles);
        Assert.Contains($"/app/p/{project}/human", tiles, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status 404")]
    [InlineData("status 410")]
    [InlineData("<title>Page not found</title><p>Sorry, this page does not exist. <a href='/'>Home</a>")]
    [InlineData("post")]
    public async Task Of_a_link_that_was_never_seen_nobody_asks_anything_back(string page)
    {
        var (product, path) = (fixture.Product, $"/never-{Math.Abs(page.GetHashCode(StringComparison.Ordinal))}");
        if (page.StartsWith("status ", StringComparison.Ordinal))
            fixture.Web.MapStatus(path, int.Parse(page[^3..], System.Globalization.CultureInfo.InvariantCulture));
        else
            fixture.Web.MapHtml(path, page == "post" ? Post : page);
        var project = await product.Api.CreateProjectAsync(new { name = $"Never {path}" }, Token);
        var id = await product.Api.RegisterAsync(project, new { page = fixture.Web.Url(path), target = Target }, Token);
        await product.RoundAsync(Token);
        using var visitor = await DashboardVisitor.EnterAsync(product, Product.AdminKey, Token);

        var link = await product.Api.GetAsync($"/api/v1/projects/{project}/links/{id}", Token);
        var draft = await product.Api.GetAsync($"/api/v1/projects/{project}/links/{id}/outreach", Token);
        var shown = await TextAsync(visitor, $"/app/p/{project}/links/{id}");

        Assert.Equal("not-found", link.GetProperty("state").GetString());
        var main = shown[shown.IndexOf("<main", StringComparison.Ordinal)..];
        foreach (var text in new[] { link.GetProperty("reasons").ToString(), draft.GetProperty("body").GetString()!, main })
            Assert.DoesNotMatch("(?i)bring (it|the page) back|put (it|the link) back|any more|no longer|restore", text);
    }

    [Fact]
    public async Task The_overview_leads_to_all_terms_that_end_soon_where_it_shows_some()
    {
        var project = await fixture.Product.Api.CreateProjectAsync(new { name = "Ends" }, Token);
        var end = fixture.Product.Clock.GetUtcNow().AddDays(9).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        for (var number = 0; number < 9; number++)
        {
            await fixture.Product.Api.RegisterAsync(
                project,
                new
                {
                    page = $"https://paid{number}.example/",
                    target = Target,
                    terms = new { cost = 10, currency = "EUR", costPeriod = "month", end },
                },
                Token);
        }

        using var visitor = await DashboardVisitor.EnterAsync(fixture.Product, Product.AdminKey, Token);

        Assert.Matches(
            $"<a href=\"/app/p/{project}/links\\?q=[^\"]*\">All 9</a>", await TextAsync(visitor, $"/app/p/{project}"));
    }

    [Fact]
    public async Task A_link_that_is_edited_keeps_what_nobody_touched_and_takes_every_expectation()
    {
        var api = fixture.Product.Api;
        var project = await api.CreateProjectAsync(new { name = "Edits" }, Token);
        var link = await api.RegisterAsync(
            project,
            new { page = "https://edited.example/", target = Target, ignore = new[] { "anchor" }, placement = "main", indexable = true },
            Token);
        await using var window = await fixture.OpenAsync(script: false);
        var tab = await DashboardFixture.SignInAsync(window);
        var at = $"/api/v1/projects/{project}/links/{link}";

        await tab.GotoAsync($"/app/p/{project}/links/{link}/edit");
        await tab.GetByLabel("Note").FillAsync("Seen.");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        var untouched = await api.GetAsync(at, Token);
        await tab.GotoAsync($"/app/p/{project}/links/{link}/edit");
        await tab.Locator("#f-anchorIs").SelectOptionAsync("");
        await tab.GetByLabel("Text of the anchor").FillAsync("lamps");
        await tab.GetByLabel("Placement").SelectOptionAsync("any");
        await tab.GetByLabel("May be indexed").SelectOptionAsync("no");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        var edited = await api.GetAsync(at, Token);

        Assert.Equal("Seen.", untouched.GetProperty("note").GetString());
        Assert.Equal("anchor", Assert.Single(untouched.GetProperty("ignore").EnumerateArray()).GetString());
        Assert.Equal("main", untouched.GetProperty("placement").GetString());
        Assert.True(untouched.GetProperty("indexable").GetBoolean());
        Assert.Equal("lamps", edited.GetProperty("anchor").GetString());
        Assert.Equal("placement", Assert.Single(edited.GetProperty("ignore").EnumerateArray()).GetString());
        Assert.False(edited.GetProperty("indexable").GetBoolean());
    }

    [Fact]
    public async Task The_short_form_gives_a_link_a_type_and_its_words_stay_true_when_the_verdict_is_there()
    {
        var project = await fixture.Product.Api.CreateProjectAsync(new { name = "Quick" }, Token);
        var page = fixture.Page("/typed", $"<a rel='nofollow' href='{Target}'>lamps</a>");
        await using var window = await fixture.OpenAsync();
        var tab = await DashboardFixture.SignInAsync(window);

        await tab.GotoAsync($"/app/p/{project}");
        await tab.GetByLabel("Page").FillAsync(page);
        await tab.GetByLabel("Target").FillAsync(Target);
        await tab.GetByLabel("Type").SelectOptionAsync("guest-post");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Add and check now" }).ClickAsync();
        await Expect(tab.Locator("main")).ToContainTextAsync("The page is being checked");
        await fixture.Product.RoundAsync(Token);

        await Expect(tab.Locator("main")).ToContainTextAsync("The link's rel is nofollow instead of follow");
        await Expect(tab.Locator("main")).ToContainTextAsync("(decides)");
        await Expect(tab.Locator("main")).Not.ToContainTextAsync("being checked");
        await Expect(tab.Locator("main")).Not.ToContainTextAsync("gained");
        await Expect(tab.Locator("main")).ToContainTextAsync("Guest post");
    }

    private static async Task<string> TextAsync(DashboardVisitor visitor, string path)
    {
        using var answer = await visitor.GetAsync(path, Token);
        return await answer.Content.ReadAsStringAsync(Token);
    }
}
