using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using LinkMonitor.Api;
using LinkMonitor.Exports;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Keys;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LinkMonitor.IntegrationTests.Api;

/// <summary>
/// No list, count or file of the API leaves a row out without saying so (<see cref="SliceView{T}"/>, <see cref="ListAnswers"/>,
/// <see cref="LinkExport"/>, <see cref="LinkMonitor.Vendors.VendorBook"/>).
/// </summary>
public sealed class UnreadableListTests
{
    private static readonly ProjectId Project = new("prj_aaaaaaaaaaaaaaaa");

    /// <summary>Of each list the rows that it is made of: their table, and how their keys begin.</summary>
    private static readonly Dictionary<string, (string Table, string Key)> Rows = new()
    {
        ["/projects"] = (TableNames.Projects, Project.Value),
        ["/projects/{projectId}/links"] = (TableNames.Links, "link:"),
        ["/projects/{projectId}/human"] = (TableNames.Links, "link:"),
        ["/projects/{projectId}/changes"] = (TableNames.Links, "change:"),
        ["/projects/{projectId}/links/{linkId}/history"] = (TableNames.Links, "history:"),
        ["/projects/{projectId}/cases"] = (TableNames.Links, "case:"),
        ["/projects/{projectId}/views"] = (TableNames.Links, "view:"),
        ["/projects/{projectId}/types"] = (TableNames.Links, "type:"),
        ["/projects/{projectId}/outreach-templates"] = (TableNames.Links, "outreach:"),
        ["/projects/{projectId}/public-addresses/exports"] = (TableNames.Links, "address:"),
        ["/projects/{projectId}/imports"] = (TableNames.Imports, "import:"),
        ["/projects/{projectId}/sheets"] = (TableNames.Imports, "sheet:"),
        ["/projects/{projectId}/reports"] = (TableNames.Reports, "report:"),
        ["/projects/{projectId}/reports/{number}/shares"] = (TableNames.Reports, "share:"),
        ["/projects/{projectId}/channels"] = (TableNames.Channels, "channel:"),
        ["/projects/{projectId}/alerts"] = (TableNames.Alerts, "open:"),
        ["/projects/{projectId}/audit"] = (TableNames.Audit, ""),
        ["/audit"] = (TableNames.Audit, ""),
        ["/notices"] = (TableNames.Alerts, "closed:"),
        ["/keys"] = (TableNames.Keys, "aaaaaaaaaaaa"),
        ["/failures/{queue}"] = (TableNames.Failures, "failed:"),
        ["/failures/set-aside"] = (TableNames.Failures, "aside:"),
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(RowDamage.LaterVersion)]
    [InlineData(RowDamage.WrongType)]
    public async Task Every_list_counts_what_it_leaves_out(string damage)
    {
        var (product, account) = await StartAsync();
        await using var started = product;
        var values = await ValuesAsync(product);
        var restore = account.Save();

        List<string> wrong = [];
        foreach (var path in ListsOf(product))
        {
            if (!Rows.TryGetValue(path, out var of))
            {
                wrong.Add($"{path}: of which rows is it? Name them in {nameof(Rows)}.");
                continue;
            }

            var address = values.Aggregate($"/api/v1{path}", (text, value) => text.Replace($"{{{value.Key}}}", value.Value,
                StringComparison.Ordinal));
            var before = await product.Api.GetAsync(address, Token);
            await DamageAsync(product, of.Table, row => IsOf(path, row, of.Key), damage);
            product.Clock.Advance(TimeSpan.FromMinutes(6));
            var after = await product.Api.GetAsync(address, Token);
            var (was, now) = (before.GetProperty("unreadable").GetInt32(), after.GetProperty("unreadable").GetInt32());
            if (was != 0 || now != 1)
                wrong.Add($"{path}: {was} before and {now} after: {after}");
            restore();
            product.Clock.Advance(TimeSpan.FromMinutes(6));
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Counts_details_vendors_and_files_count_it_too()
    {
        var (product, account) = await StartAsync();
        await using var started = product;
        var values = await ValuesAsync(product);
        await DamageAsync(product, TableNames.Links, row => Begins(row, "link:") || Begins(row, "caseentry:"));
        await DamageAsync(product, TableNames.Links, row => Begins(row, "change:") || Begins(row, "type:"));
        var project = $"/api/v1/projects/{Project}";

        foreach (var path in (string[])[
            "/links/counts", "/links/counts?filter=state:lost", $"/cases/{values["caseId"]}"])
            Assert.Equal((path, 1), (path, await UnreadableAsync(product, project + path)));
        var summary = await product.Api.GetAsync($"{project}/summary", Token);
        Assert.Equal(1, summary.GetProperty("links").GetProperty("unreadable").GetInt32());
        Assert.Equal(1, await UnreadableAsync(product, "/api/v1/vendors"));

        // A vendor of whom no link can be read has a pack that says so.
        var pack = await product.Api.Client.GetStringAsync(
            $"{project}/reports/refund?format=csv&vendor={Uri.EscapeDataString(StorageSamples.Terms.Vendor!)}", Token);
        Assert.Contains("\nunreadable,", pack, StringComparison.Ordinal);
        foreach (var ending in (string[])["csv", "xlsx", "jsonl"])
        {
            using var file = await product.Api.Client.GetAsync($"{project}/export.{ending}", Token);
            Assert.Equal("1", file.Headers.GetValues(LinkExport.UnreadableHeader).Single());
        }

        Assert.Contains(
            "1 change cannot be read where it is stored and is left out.",
            await product.Api.Client.GetStringAsync($"{project}/changes.rss", Token), StringComparison.Ordinal);
        await DamageAsync(product, TableNames.Links, row => Begins(row, "case:"));
        Assert.Equal(1, await UnreadableAsync(product, $"{project}/cases/counts"));
    }

    [Theory]
    [InlineData("?limit=1&filter=state:pending")]
    [InlineData("?limit=1&filter=state:pending sort:-since")]
    [InlineData("?limit=1")]
    public async Task The_parts_of_a_list_add_up(string query)
    {
        await using var product = await Product.StartAsync(ProductSettings.InMemory(), Token);
        var project = await product.Api.CreateProjectAsync(new { name = "Widgets" }, Token);
        foreach (var number in Enumerable.Range(1, 6))
            await product.Api.RegisterAsync(project, new { page = $"https://p{number}.example/", target = "https://example.org/" }, Token);
        foreach (var row in (await product.RowsAsync(TableNames.Links, Token)).Where(row => Begins(row, "link:")).Take(3))
            await product.Get<ITableService>().Open(TableNames.Links).PutAsync(RowDamage.Of(row, RowDamage.LaterVersion)!, Token);

        Assert.Equal((3, 3), await SumAsync(product, $"/api/v1/projects/{project}/links{query}"));
    }

    [Fact]
    public async Task Alerts_and_their_changes_add_up_too()
    {
        var settings = ProductSettings.InMemory(new ManualTimeProvider(StorageSamples.Noon.AddMinutes(5)));
        await using var product = await Product.StartAsync(settings, Token);
        var storage = new MemoryStorage(settings.Memory!);
        await storage.Projects.AddAsync(StorageSamples.Project(Project), Token);
        var link = (await storage.Links.RegisterAsync(StorageSamples.Link(Project), Token)).Link;
        var change = StorageSamples.Change(link, StorageSamples.Noon);
        await storage.Links.SaveCheckAsync(link, change, Token);
        string[] ids = ["alr_aaaaaaaaaaaaaaaaaaaaaaaaaa", "alr_bbbbbbbbbbbbbbbbbbbbbbbbbb", "alr_cccccccccccccccccccccccccc"];
        await storage.AlertPlans.TryWriteAsync(
            new PlanResult
            {
                Plan = new AlertPlan { ProjectId = Project, ReadAt = StorageSamples.Noon },
                Opened = [.. ids.Select(id => StorageSamples.Opening(StorageSamples.Alert(Project, StorageSamples.Noon, id), change))],
            },
            Token);
        await DamageAsync(product, TableNames.Alerts, row => row.RowKey == $"open:{ids[2]}");
        await DamageAsync(product, TableNames.Links, row => Begins(row, "change:"));

        var (alerts, unreadable) = await SumAsync(product, $"/api/v1/projects/{Project}/alerts?limit=1");

        Assert.Equal((2, 1), (alerts, unreadable));
        Assert.Equal(1, await UnreadableAsync(product, $"/api/v1/projects/{Project}/alerts/{ids[0]}"));
        var shared = await product.LinksAsync(Project, Token);
        await DamageAsync(product, TableNames.Links, row => Begins(row, "history:"));
        foreach (var page in (Uri[])[shared.Alert(Project, ids[0])!, shared.Link(Project, link.Id)!])
            Assert.Contains(
                "1 change cannot be read where it is stored and is left out here.",
                await product.Api.Client.GetStringAsync(page.AbsolutePath, Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_of_some_projects_is_told_of_these_alone()
    {
        var (product, _) = await StartAsync();
        await using var started = product;
        var own = new ProjectId(await product.Api.CreateProjectAsync(new { name = "Own" }, Token));
        var theirs = new ProjectId(await product.Api.CreateProjectAsync(new { name = "Theirs" }, Token));
        using var limited = await ClientAsync(product, own, theirs);
        await DamageAsync(product, TableNames.Projects, row => row.RowKey == Project.Value);
        await DamageAsync(product, TableNames.Keys, row => row.RowKey == "aaaaaaaaaaaa");

        foreach (var path in (string[])["/api/v1/projects", "/api/v1/keys", "/api/v1/vendors"])
        {
            Assert.Equal((path, 1), (path, await UnreadableAsync(product, path)));
            Assert.Equal((path, 0), (path, await UnreadableAsync(limited, path)));
        }

        await DamageAsync(product, TableNames.Projects, row => row.RowKey == theirs.Value);
        var projects = JsonDocument.Parse(await limited.GetStringAsync("/api/v1/projects", Token)).RootElement;
        Assert.Equal("Own", Assert.Single(projects.GetProperty("items").EnumerateArray()).GetProperty("name").GetString());
        Assert.Equal(1, projects.GetProperty("unreadable").GetInt32());
    }

    [Fact]
    public async Task A_disavow_file_says_what_it_may_lack()
    {
        await using var product = await Product.StartAsync(ProductSettings.InMemory(), Token);
        var project = await product.Api.CreateProjectAsync(new { name = "Widgets" }, Token);
        foreach (var page in (string[])["https://a.example/", "https://b.example/"])
            await product.Api.RegisterAsync(project, new { page, target = "https://example.org/", tags = new[] { "unwanted" } }, Token);
        await DamageAsync(product, TableNames.Links, row => Begins(row, "link:"));
        var path = $"/api/v1/projects/{project}/disavow";

        var preview = await product.Api.PostAsync($"{path}/preview", new { filter = "tag:unwanted" }, System.Net.HttpStatusCode.OK, Token);
        using var body = new StringContent("""{"filter":"tag:unwanted","confirm":"Widgets"}""", Encoding.UTF8, "application/json");
        using var file = await product.Api.Client.PostAsync($"{path}.txt", body, Token);
        var lines = (await file.Content.ReadAsStringAsync(Token)).Split('\n');

        Assert.Equal((1, 1), (preview.GetProperty("count").GetInt32(), preview.GetProperty("unreadable").GetInt32()));
        Assert.Equal(
            "# 1 link of the project cannot be read where it is stored: it may be missing here, or be a wanted one on a domain below.",
            Assert.Single(lines, line => line.Contains("cannot be read", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_was_before_an_act_and_cannot_be_read_is_kept_and_told()
    {
        await using var product = await Product.StartAsync(ProductSettings.InMemory(), Token);
        var project = await product.Api.CreateProjectAsync(new { name = "Widgets" }, Token);
        List<string> links = [];
        foreach (var page in (string[])["https://a.example/", "https://b.example/"])
            links.Add(await product.Api.RegisterAsync(project, new { page, target = "https://example.org/" }, Token));
        var act = await product.Api.PostAsync(
            $"/api/v1/projects/{project}/links/bulk", new { action = "delete", links }, System.Net.HttpStatusCode.OK, Token);
        var table = product.Get<ITableService>().Open(TableNames.Links);
        var kept = (await product.RowsAsync(TableNames.Links, Token)).First(row => Begins(row, "undo-link:"));
        await table.PutAsync(RowDamage.Of(kept, RowDamage.LaterVersion)!, Token);
        var path = $"/api/v1/projects/{project}/links/undo/{act.GetProperty("undoId").GetString()}";

        var first = await product.Api.PostAsync(path, null, System.Net.HttpStatusCode.OK, Token);
        await table.PutAsync(kept, Token);
        var second = await product.Api.PostAsync(path, null, System.Net.HttpStatusCode.OK, Token);

        Assert.Equal((1, 1), (first.GetProperty("links").GetInt32(), first.GetProperty("unreadable").GetInt32()));
        Assert.Equal((2, 0), (second.GetProperty("links").GetInt32(), second.GetProperty("unreadable").GetInt32()));
    }

    private static async Task<(Product Product, MemoryAccount Account)> StartAsync()
    {
        var settings = ProductSettings.InMemory(new ManualTimeProvider(StorageSamples.Noon.AddMinutes(5)));
        var product = await Product.StartAsync(settings, Token);
        var storage = new MemoryStorage(settings.Memory!);
        await EveryRow.WriteAsync(storage, Project, Token);
        await storage.Audit.AddAsync(StorageSamples.Audit(null, 0), Token);
        var closed = settings.Memory!.ReadAll(TableNames.Alerts, Project.Value).First(row => Begins(row, "closed:"));
        var notice = new TableEntity(closed) { PartitionKey = Alert.OperatorPartition.Value };
        await storage.Tables.Open(TableNames.Alerts).PutAsync(notice, Token);
        return (product, settings.Memory!);
    }

    /// <summary>All lists of the API, from its endpoints, so that no list is forgotten.</summary>
    private static List<string> ListsOf(Product product) =>
    [
        .. product.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Distinct()
            .Where(endpoint => endpoint.Metadata.OfType<IProducesResponseTypeMetadata>().Any(
                answer => answer.Type is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(SliceView<>)))
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.Trim('/')["api/v1/".Length..]).Distinct(),
    ];

    private static async Task<Dictionary<string, string>> ValuesAsync(Product product)
    {
        var link = Assert.Single(
            (await product.Get<ILinkStore>().ListAsync(Project, LinkFilter.None, 10, null, Token)).Items);
        var cases = await product.Api.GetAsync($"/api/v1/projects/{Project}/cases", Token);
        return new()
        {
            ["projectId"] = Project.Value,
            ["linkId"] = link.Id.Value,
            ["number"] = "1",
            ["queue"] = "alerts",
            ["caseId"] = cases.GetProperty("items")[0].GetProperty("id").GetString()!,
        };
    }

    private static bool IsOf(string path, TableEntity row, string key) => Begins(row, key) && (path switch
    {
        "/audit" => row.PartitionKey != Project.Value,
        "/notices" => row.PartitionKey == Alert.OperatorPartition.Value,
        _ => !path.Contains("{projectId}", StringComparison.Ordinal) || row.PartitionKey == Project.Value,
    });

    private static bool Begins(TableEntity row, string key) => row.RowKey.StartsWith(key, StringComparison.Ordinal);

    private static async Task DamageAsync(
        Product product, string table, Func<TableEntity, bool> which, string damage = RowDamage.LaterVersion)
    {
        foreach (var row in (await product.RowsAsync(table, Token)).Where(which).GroupBy(EveryRow.KindOf).Select(kind => kind.First()))
            await product.Get<ITableService>().Open(table).PutAsync(RowDamage.Of(row, damage)!, Token);
    }

    private static async Task<HttpClient> ClientAsync(Product product, params ProjectId[] projects)
    {
        var key = (await product.Get<KeyRing>().IssueAsync(
            "Anna", ApiKeyScope.Admin, ProjectSet.Of(projects), new Author("test", "test"), Token)).Secret.Text;
        return new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = product.Api.Client.BaseAddress,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
        };
    }

    private static async Task<(int Items, int Unreadable)> SumAsync(Product product, string path)
    {
        var (items, unreadable, cursor) = (0, 0, "");
        do
        {
            var part = await product.Api.GetAsync(path + cursor, Token);
            items += part.GetProperty("items").GetArrayLength();
            unreadable += part.GetProperty("unreadable").GetInt32();
            cursor = part.GetProperty("cursor").GetString() is { } next ? $"&cursor={next}" : "";
        }
        while (cursor.Length > 0);
        return (items, unreadable);
    }

    private static async Task<int> UnreadableAsync(Product product, string path) =>
        (await product.Api.GetAsync(path, Token)).GetProperty("unreadable").GetInt32();

    private static async Task<int> UnreadableAsync(HttpClient client, string path) =>
        JsonDocument.Parse(await client.GetStringAsync(path, Token)).RootElement.GetProperty("unreadable").GetInt32();
}
