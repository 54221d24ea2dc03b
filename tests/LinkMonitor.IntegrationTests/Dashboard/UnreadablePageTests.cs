using System.Net;
using Azure.Data.Tables;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;

namespace LinkMonitor.IntegrationTests.Dashboard;

/// <summary>
/// What pages say where stored rows cannot be read (<see cref="LinkMonitor.Dashboard.DashboardExceptions"/>): always a page, and nothing is
/// left out without a word, in the API's summary neither (<see cref="LinkMonitor.Summaries.SummaryTally"/>).
/// </summary>
[TakesLong]
public sealed class UnreadablePageTests(BrowserFixture browsers)
{
    private const string Target = "https://example.org/";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_row_is_damaged_a_browser_gets_a_page()
    {
        var settings = ProductSettings.InMemory(new ManualTimeProvider(TimeProvider.System.GetUtcNow()));
        var account = settings.Memory!;
        await using var product = await Product.StartAsync(settings, Token);
        var pages = (await SamplePages.MakeAsync(product, Token)).DistinctBy(page => page.Of).ToList();
        using var visitor = await DashboardVisitor.EnterAsync(product, Product.AdminKey, Token);
        var kinds = TableNames.All.SelectMany(table => account.ReadAll(table, null).Select(row => (Table: table, Row: row)))
            .GroupBy(one => (one.Table, Kind: EveryRow.KindOf(one.Row))).ToList();
        var storage = product.Get<ITableService>();
        var restore = account.Save();

        List<string> wrong = [];
        HashSet<string> told = [];
        foreach (var kind in kinds)
        {
            foreach (var (table, row) in kind)
                await storage.Open(table).PutAsync(RowDamage.Of(row, RowDamage.LaterVersion)!, Token);
            foreach (var path in pages.Select(page => page.Path))
            {
                using var answer = await visitor.GetAsync(path, Token);
                if (answer.StatusCode is HttpStatusCode.Redirect)
                    continue;
                if (answer.Content.Headers.ContentType?.MediaType != "text/html")
                    wrong.Add($"{kind.Key}: {path} is {(int)answer.StatusCode} {answer.Content.Headers.ContentType}");
                else if (answer.StatusCode is HttpStatusCode.ServiceUnavailable)
                {
                    told.Add(path);
                    var text = await answer.Content.ReadAsStringAsync(Token);
                    if (!text.Contains("cannot be read", StringComparison.Ordinal)
                        || !text.Contains("What to do", StringComparison.Ordinal))
                        wrong.Add($"{kind.Key}: {path} does not say what is wrong");
                }
                else if ((int)answer.StatusCode >= 500)
                    wrong.Add($"{kind.Key}: {path} is {(int)answer.StatusCode}");
            }

            restore();
            product.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.InRange(told.Count, 10, pages.Count);
    }

    [Fact]
    public async Task The_page_of_a_damaged_link_says_which_it_is_what_is_wrong_and_what_to_do_and_leads_back()
    {
        await using var product = await Product.StartAsync(ProductSettings.InMemory(), Token);
        var (project, link) = await DamagedAsync(product, "https://blog.example.net/post");
        using var owner = await DashboardVisitor.EnterAsync(product, Product.AdminKey, Token);
        var key = (await product.Get<LinkMonitor.Keys.KeyRing>().IssueAsync(
            "Anna", ApiKeyScope.Read, ProjectSet.Of([project]), new Author("test", "test"), Token)).Secret.Text;
        using var viewer = await DashboardVisitor.EnterAsync(product, key, Token);

        foreach (var visitor in new[] { owner, viewer })
        {
            using var answer = await visitor.GetAsync($"/app/p/{project}/links/{link}", Token);
            var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Token));

            Assert.Equal(
                (HttpStatusCode.ServiceUnavailable, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
            Assert.Contains("<h1>This link cannot be read</h1>", page, StringComparison.Ordinal);
            Assert.Contains("<dd>https://blog.example.net/post</dd>", page, StringComparison.Ordinal);
            Assert.Contains("Its layout is 2; this version of the program knows 1.", page, StringComparison.Ordinal);
            Assert.Contains("Update the program", page, StringComparison.Ordinal);
            Assert.Contains($"<a href=\"/app/p/{project}/links\">Back to the list</a>", page, StringComparison.Ordinal);
            Assert.Contains("<nav class=\"tabs\"", page, StringComparison.Ordinal);
            Assert.Contains($"link:{link}", page, StringComparison.Ordinal);
            Assert.Equal(visitor == owner, page.Contains("/app/health#set-aside", StringComparison.Ordinal));
            Assert.Equal(visitor != owner, page.Contains("Tell an owner of all projects", StringComparison.Ordinal));
        }

        using var program = await product.Api.Client.GetAsync($"/api/v1/projects/{project}/links/{link}", Token);
        Assert.Equal("application/problem+json", program.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_damaged_project_is_told_of_by_its_pages_and_by_the_list_of_projects()
    {
        await using var product = await Product.StartAsync(ProductSettings.InMemory(), Token);
        var project = await product.Api.CreateProjectAsync(new { name = "Widgets" }, Token);
        await DamageAsync(product, TableNames.Projects, row => row.RowKey == project);
        using var visitor = await DashboardVisitor.EnterAsync(product, Product.AdminKey, Token);

        var page = await TextAsync(visitor, $"/app/p/{project}/links");
        var list = await TextAsync(visitor, "/app");
        var system = await TextAsync(visitor, "/app/health");

        Assert.Contains("<h1>This project cannot be read</h1>", page, StringComparison.Ordinal);
        Assert.Contains("<dd>Widgets</dd>", page, StringComparison.Ordinal);
        Assert.Contains("To your projects", page, StringComparison.Ordinal);
        Assert.Contains("1 project cannot be read and is left out here; see <a", list, StringComparison.Ordinal);
        Assert.Contains($"<a href=\"/app/p/{project}\">Widgets</a>", system, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_storage_that_fails_is_told_by_a_page_too()
    {
        var hook = new FailingHook();
        await using var product = await Product.StartAsync(ProductSettings.InMemory().Through(hook), Token);
        var project = await product.Api.CreateProjectAsync(new { name = "Widgets" }, Token);
        using var visitor = await DashboardVisitor.EnterAsync(product, Product.AdminKey, Token);
        hook.IsFailing = true;

        using var answer = await visitor.GetAsync($"/app/p/{project}/settings", Token);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains("The storage does not answer", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Links_that_cannot_be_read_are_counted_wherever_links_are()
    {
        await using var product = await Product.StartAsync(ProductSettings.InMemory(), Token);
        var (project, _) = await DamagedAsync(product, "https://one.example/", "https://two.example/", "https://three.example/");
        using var visitor = await DashboardVisitor.EnterAsync(product, Product.AdminKey, Token);
        const string Told = "2 links cannot be read and are left out here; see <a href=\"/app/health#set-aside\">Set aside</a>.";
        await DamageAsync(
            product, TableNames.Links, row => row.RowKey.StartsWith("link:", StringComparison.Ordinal) && row.GetInt32("v") == 1);

        var links = await TextAsync(visitor, $"/app/p/{project}/links");
        var summary = await product.Api.GetAsync($"/api/v1/projects/{project}/summary", Token);

        Assert.Contains(Told, links, StringComparison.Ordinal);
        Assert.Contains("<caption>1 link</caption>", links, StringComparison.Ordinal);
        foreach (var path in (string[])["", "/human", "/exports"])
            Assert.Contains(Told, await TextAsync(visitor, $"/app/p/{project}{path}"), StringComparison.Ordinal);
        Assert.Contains("2 more cannot be read", await TextAsync(visitor, "/app"), StringComparison.Ordinal);
        Assert.Equal((1, 2), (summary.GetProperty("links").GetProperty("total").GetInt32(), summary.GetProperty("unreadable").GetInt32()));
    }

    [Fact]
    public async Task Every_page_with_a_list_says_what_it_leaves_out()
    {
        var settings = ProductSettings.InMemory(new ManualTimeProvider(StorageSamples.Noon.AddMinutes(5)));
        await using var product = await Product.StartAsync(settings, Token);
        var storage = new MemoryStorage(settings.Memory!);
        var project = new ProjectId("prj_aaaaaaaaaaaaaaaa");
        await EveryRow.WriteAsync(storage, project, Token);
        var link = Assert.Single(await product.RowsAsync(TableNames.Links, Token), row => EveryRow.KindOf(row) == "link").RowKey[5..];
        var one = Assert.Single(await product.RowsAsync(TableNames.Links, Token), row => EveryRow.KindOf(row) == "case").RowKey[5..];
        var (report, _) = await SampleReport.MakeAsync(product, project.Value, Token);
        using var visitor = await DashboardVisitor.EnterAsync(product, Product.AdminKey, Token);
        (string Table, string Kind, string Path, string Told)[] lists =
        [
            (TableNames.Imports, "sheet", "imports", "1 sheet"), (TableNames.Links, "view", "links", "1 view"),
            (TableNames.Links, "view", "exports", "1 view"), (TableNames.Links, "address", "exports", "1 address"),
            (TableNames.Links, "type", "types", "1 type"), (TableNames.Links, "undo", "links", "1 act that can be undone"),
            (TableNames.Links, "caseentry", $"cases/{one}", "1 entry"), (TableNames.Links, "case", "", "1 case"),
            (TableNames.Links, "change", "", "2 changes"), (TableNames.Links, "answer", $"links/{link}", "1 answer"),
            (TableNames.Links, "history", $"links/{link}", "2 changes"), (TableNames.Links, "case", "cases", "1 case"),
            (TableNames.Reports, "share", $"reports/{report}", "1 address"),
        ];
        var restore = settings.Memory!.Save();
        List<string> wrong = [];
        foreach (var (table, kind, path, told) in lists)
        {
            foreach (var row in (await product.RowsAsync(table, Token)).Where(row => EveryRow.KindOf(row) == kind))
                await product.Get<ITableService>().Open(table).PutAsync(RowDamage.Of(row, RowDamage.LaterVersion)!, Token);
            var page = await TextAsync(visitor, $"/app/p/{project}/{path}".TrimEnd('/'));
            if (!page.Contains($"{told} cannot be read and {(told[0] == '1' ? "is" : "are")} left out here", StringComparison.Ordinal))
                wrong.Add($"{path} does not say: {told}");
            restore();
        }

        await DamageAsync(product, TableNames.Keys, row => row.RowKey == "aaaaaaaaaaaa");
        if (!(await TextAsync(visitor, "/app/people")).Contains("1 key cannot be read", StringComparison.Ordinal))
            wrong.Add("people does not say: 1 key");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task The_system_is_not_ok_while_something_is_set_aside_and_each_is_named_and_led_to()
    {
        await using var product = await Product.StartAsync(ProductSettings.InMemory(), Token);
        using var visitor = await DashboardVisitor.EnterAsync(product, Product.AdminKey, Token);
        var before = await TextAsync(visitor, "/app/health");
        var (project, link) = await DamagedAsync(product, "https://blog.example.net/post");
        await TextAsync(visitor, $"/app/p/{project}/links");

        var page = await TextAsync(visitor, "/app/health");

        Assert.Contains("<strong>ok</strong>", before, StringComparison.Ordinal);
        Assert.Contains("<strong>needs attention</strong>", page, StringComparison.Ordinal);
        Assert.Contains(
            $"Link of Widgets<br><a href=\"/app/p/{project}/links/{link}\">https://blog.example.net/post</a>", page,
            StringComparison.Ordinal);
        Assert.Contains($"<code class=\"small soft\">Links {project} link:{link}</code>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_that_tell_of_what_cannot_be_read_are_valid_and_can_be_used_by_everyone()
    {
        var settings = ProductSettings.InMemory(new ManualTimeProvider(TimeProvider.System.GetUtcNow()));
        await using var product = await Product.StartAsync(settings, Token);
        var (project, link) = await DamagedAsync(product, "https://blog.example.net/post", "https://other.example/");
        await using var window = await (await browsers.GetAsync(Token)).NewContextAsync(
            new()
            {
                BaseURL = product.Api.Client.BaseAddress!.GetLeftPart(UriPartial.Authority),
                ViewportSize = new() { Width = 360, Height = 800 },
            });
        var tab = await DashboardFixture.SignInAsync(window);
        var folder = Directory.CreateTempSubdirectory("linkmonitor-unreadable");
        try
        {
            List<string> faults = [];
            string[] paths = [$"/app/p/{project}/links", $"/app/p/{project}/links/{link}", "/app/health"];
            foreach (var (number, path) in paths.Index())
            {
                await tab.GotoAsync(path);
                await Axe.LoadAsync(tab);
                faults.AddRange((await Axe.RunAsync(tab, AccessTests.Rules)).Select(fault => $"{path}: {fault}"));
                if (!await tab.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"))
                    faults.Add($"{path}: wider than the window");
                var answer = await window.APIRequest.GetAsync(path);
                await File.WriteAllTextAsync(Path.Combine(folder.FullName, $"{number}.html"), await answer.TextAsync(), Token);
            }

            Assert.Equal("", string.Join('\n', faults) + await Validator.CheckAsync(folder.FullName, Token));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A project with links of which the first is damaged.</summary>
    private static async Task<(ProjectId Project, string Link)> DamagedAsync(Product product, params string[] pages)
    {
        var project = await product.Api.CreateProjectAsync(new { name = "Widgets" }, Token);
        List<string> links = [];
        foreach (var page in pages)
            links.Add(await product.Api.RegisterAsync(project, new { page, target = Target }, Token));
        await DamageAsync(product, TableNames.Links, row => row.RowKey == $"link:{links[0]}");
        return (new ProjectId(project), links[0]);
    }

    private static async Task DamageAsync(Product product, string table, Func<TableEntity, bool> which)
    {
        foreach (var row in (await product.RowsAsync(table, Token)).Where(which).Take(1))
            await product.Get<ITableService>().Open(table).PutAsync(RowDamage.Of(row, RowDamage.LaterVersion)!, Token);
    }

    private static async Task<string> TextAsync(DashboardVisitor visitor, string path)
    {
        using var answer = await visitor.GetAsync(path, Token);
        return await answer.Content.ReadAsStringAsync(Token);
    }

    /// <summary>Makes the storage refuse all reading of projects.</summary>
    private sealed class FailingHook : StorageHook
    {
        public bool IsFailing { get; set; }

        public override Task BeforeAsync(StorageCall call) => IsFailing && call.Operation == "GetAsync"
            ? throw new LinkMonitor.Storage.Border.StorageFailureException("The storage is away.", new TimeoutException())
            : Task.CompletedTask;
    }
}
