using System.Net;
using System.Text;
using LinkMonitor.Imports;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Imports;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Links;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.IntegrationTests.Imports;

/// <summary>
/// Files of links over the API (<see cref="ImportEndpoints"/>, <see cref="SheetEndpoints"/>): looked at, imported, cancelled, undone.
/// </summary>
public sealed class ImportApiTests : IAsyncLifetime
{
    private const string Export = "Page ascore,Source title,Source url,Target url,Anchor,External links,Internal links,Lost link\n"
        + "51,One,https://a.example/1,https://example.org/,x,5,6,false\n"
        + "52,Two,https://b.example/2,https://example.org/,y,5,6,FALSE\n"
        + "52,Two,https://b.example/2,https://example.org/,z,5,6,false\n"
        + "53,Three,https://c.example/3,https://example.org/,,5,6,true\n"
        + "54,Four,no address,https://example.org/,,5,6,false\n";

    private readonly ProductSettings _settings = ProductSettings.InMemory();
    private Product _product = null!;
    private ImportDriver _imports = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _product = await Product.StartAsync(_settings, Stop);
        _imports = await ImportDriver.CreateAsync(_product);
    }

    public ValueTask DisposeAsync() => _product.DisposeAsync();

    [Fact]
    public async Task A_preview_says_what_would_come_of_each_row_and_writes_nothing()
    {
        var before = await RowsAsync();

        var preview = await _imports.PreviewAsync(Export);

        Assert.True(preview.GetProperty("isReady").GetBoolean());
        Assert.Equal("Semrush", preview.GetProperty("vendor").GetString());
        var rows = preview.GetProperty("rows");
        Assert.Equal((5, 2, 1, 1, 1), (rows.GetProperty("rows").GetInt32(), rows.GetProperty("added").GetInt32(),
            rows.GetProperty("twice").GetInt32(), rows.GetProperty("lost").GetInt32(), rows.GetProperty("rejected").GetInt32()));
        var rejected = Assert.Single(preview.GetProperty("rejected").EnumerateArray());
        Assert.Equal(6, rejected.GetProperty("line").GetInt32());
        Assert.Contains("not a URL", rejected.GetProperty("why").GetString(), StringComparison.Ordinal);
        var column = preview.GetProperty("tables")[0].GetProperty("columns")[2];
        Assert.Equal(("Source url", "page"), (column.GetProperty("name").GetString(), column.GetProperty("role").GetString()));
        Assert.Equal(before, await RowsAsync());
    }

    [Fact]
    public async Task An_import_registers_each_link_once_with_the_figures_of_the_tool_and_leaves_history_alone()
    {
        var import = await _imports.ImportAsync(Export, "?tags=2026,%20paid");

        Assert.Equal("done", import.GetProperty("state").GetString());
        Assert.Equal((5, 5, 0, 2, 0, 1, 1, 1), (ImportDriver.Of(import, "rows"), ImportDriver.Of(import, "read"),
            ImportDriver.Of(import, "left"), ImportDriver.Of(import, "added"), ImportDriver.Of(import, "known"),
            ImportDriver.Of(import, "rejected"), ImportDriver.Of(import, "lost"), ImportDriver.Of(import, "twice")));
        var links = await _imports.LinksAsync();
        Assert.Equal(["https://a.example/1", "https://b.example/2"], links.Select(link => link.GetProperty("page").GetString()).Order());
        var link = links.Single(one => one.GetProperty("page").GetString() == "https://a.example/1");
        var note = Assert.Single(link.GetProperty("vendorNotes").EnumerateArray());
        Assert.Equal(("Semrush", "2026-11-21", "51"), (note.GetProperty("vendor").GetString(), note.GetProperty("date").GetString(),
            note.GetProperty("values").GetProperty("Page ascore").GetString()));
        Assert.Equal(["2026", "paid"], link.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
        Assert.Equal(import.GetProperty("id").GetString(), link.GetProperty("importId").GetString());

        using var rejected = await _product.Api.Client.GetAsync(
            $"{_imports.Path}/{import.GetProperty("id").GetString()}/rejected.csv", Stop);
        Assert.Contains(",6,", await rejected.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Importing_again_adds_nothing_and_renews_the_figures()
    {
        await _imports.ImportAsync(Export);

        var again = await _imports.ImportAsync(Export.Replace("51,One", "61,One", StringComparison.Ordinal));

        Assert.Equal((0, 2), (ImportDriver.Of(again, "added"), ImportDriver.Of(again, "known")));
        var note = (await _imports.LinksAsync()).Single(link => link.GetProperty("page").GetString() == "https://a.example/1")
            .GetProperty("vendorNotes").EnumerateArray().Single();
        Assert.Equal("61", note.GetProperty("values").GetProperty("Page ascore").GetString());
    }

    [Fact]
    public async Task A_link_in_two_spellings_is_told_before_and_after_and_both_are_watched()
    {
        const string file = "page,target\nhttps://a.example/1,https://example.org/\nhttp://www.a.example/1/,https://example.org/\n";

        var preview = await _imports.PreviewAsync(file);
        var import = await _imports.ImportAsync(file);

        var row = Assert.Single(preview.GetProperty("respelled").EnumerateArray());
        Assert.Equal((3, 2), (row.GetProperty("line").GetInt32(), row.GetProperty("firstLine").GetInt32()));
        Assert.Equal(1, preview.GetProperty("rows").GetProperty("respelled").GetInt32());
        Assert.Equal((2, 1), (ImportDriver.Of(import, "added"), ImportDriver.Of(import, "respelled")));
        Assert.Equal(2, (await _imports.LinksAsync()).Count);
    }

    [Fact]
    public async Task A_link_whose_row_is_damaged_counts_as_known_stays_as_it_is_and_is_told()
    {
        await _imports.ImportAsync(Export);
        var row = (await _product.RowsAsync("Links", Stop)).First(one => EveryRow.KindOf(one) == "link");
        await new MemoryStorage(_settings.Memory!).Tables.Open("Links").PutAsync(RowDamage.Of(row, RowDamage.LaterVersion)!, Stop);

        var preview = await _imports.PreviewAsync(Export);
        var import = await _imports.ImportAsync(Export);

        Assert.Equal("done", import.GetProperty("state").GetString());
        Assert.Equal(
            (0, 2, 1),
            (ImportDriver.Of(import, "added"), ImportDriver.Of(import, "known"), ImportDriver.Of(import, "unreadable")));
        var looked = preview.GetProperty("rows");
        Assert.Equal((2, 1), (looked.GetProperty("known").GetInt32(), looked.GetProperty("unreadable").GetInt32()));
        var aside = (await _product.Api.GetAsync("/api/v1/failures/set-aside", Stop)).GetProperty("items");
        Assert.Contains(row.RowKey, aside.EnumerateArray().Select(one => one.GetProperty("key").GetString()));
        Assert.Equal(2, (await _product.RowsAsync("Links", Stop)).First(one => one.RowKey == row.RowKey)["v"]);
    }

    [Fact]
    public async Task The_same_key_is_the_same_import_and_another_file_with_it_is_refused()
    {
        var first = await _imports.SendAsync(Export, key: "monday");
        var second = await _imports.SendAsync(Export, key: "monday");
        await _imports.SendAsync(Export + "1,T,https://z.example/,https://example.org/,,1,1,false\n", key: "monday",
            expected: HttpStatusCode.Conflict);

        Assert.Equal(first.GetProperty("id").GetString(), second.GetProperty("id").GetString());
        Assert.Single((await _product.Api.GetAsync(_imports.Path, Stop)).GetProperty("items").EnumerateArray());
        await _product.DeliverAllAsync("ImportLinks", Stop);
        Assert.Equal(2, ImportDriver.Of(await _imports.GetAsync(first.GetProperty("id").GetString()!), "added"));
    }

    [Theory]
    [InlineData("Linking page,Last crawled\nhttps://a.example/,2026-08-01\n", "", "target")]
    [InlineData("Site,Linking pages,Target pages\na.example,3,1\n", "", "$")]
    [InlineData("One,Two\nhttps://a.example/,https://b.example/\n", "", "columns")]
    [InlineData("page,target\nhttps://a.example/,https://example.org/\n", "?columns=page:9", "columns")]
    [InlineData("page,target\nhttps://a.example/,https://example.org/\n", "?columns=colour:1", "columns")]
    [InlineData("page,target\nhttps://a.example/,https://example.org/\n", "?match=nearly", "match")]
    [InlineData("page,target\nno address,https://example.org/\n", "", "$")]
    [InlineData("", "", "$")]
    public async Task What_cannot_be_imported_names_what_to_say(string text, string query, string field)
    {
        var problem = await _imports.SendAsync(text, query, HttpStatusCode.BadRequest);

        Assert.NotEmpty(problem.GetProperty("errors").GetProperty(field).EnumerateArray());
        Assert.Empty((await _product.Api.GetAsync(_imports.Path, Stop)).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task What_the_preview_asks_for_is_said_in_the_query()
    {
        var pages = await _imports.ImportAsync(
            "Linking page,Last crawled\nhttps://a.example/,2026-08-01\nhttps://www.example.org/own,2026-08-02\n",
            "?target=https://example.org/");
        var columns = await _imports.ImportAsync(
            "One,Two\nhttps://c.example/,https://b.example/\n", "?columns=page:2,target:One");

        Assert.Equal((1, 1), (ImportDriver.Of(pages, "added"), ImportDriver.Of(pages, "own")));
        Assert.Equal(1, ImportDriver.Of(columns, "added"));
        Assert.Contains(await _imports.LinksAsync(), link => link.GetProperty("page").GetString() == "https://b.example/"
            && link.GetProperty("target").GetString() == "https://c.example/");
    }

    [Fact]
    public async Task A_file_without_any_header_is_imported_by_the_columns_that_are_said()
    {
        const string Text = "Ours\nof May\n1,https://a.example/,https://example.org/\n2,https://b.example/,https://example.org/\n3,x,y\n";
        const string Query = "?columns=page:2,target:3";

        var asked = await _imports.PreviewAsync(Text);
        var said = await _imports.PreviewAsync(Text, Query);
        var import = await _imports.ImportAsync(Text, Query);

        Assert.Equal(("columns", false), (asked.GetProperty("needs").GetString(), asked.GetProperty("isReady").GetBoolean()));
        Assert.Equal(3, asked.GetProperty("tables")[0].GetProperty("columns").GetArrayLength());
        Assert.True(said.GetProperty("isReady").GetBoolean());
        Assert.Equal((2, 1), (said.GetProperty("rows").GetProperty("added").GetInt32(),
            said.GetProperty("rows").GetProperty("rejected").GetInt32()));
        Assert.Equal((2, 1), (ImportDriver.Of(import, "added"), ImportDriver.Of(import, "rejected")));
        Assert.Equal(2, (await _imports.LinksAsync()).Count);
    }

    [Fact]
    public async Task A_type_is_given_to_the_rows_that_say_none_and_one_that_the_project_has_not_rejects_its_row()
    {
        var import = await _imports.ImportAsync(
            "page,target,type\nhttps://a.example/,https://example.org/,directory\nhttps://b.example/,https://example.org/,\n"
                + "https://c.example/,https://example.org/,nonsense\n",
            "?type=guest-post");

        Assert.Equal((2, 1), (ImportDriver.Of(import, "added"), ImportDriver.Of(import, "rejected")));
        Assert.Equal(["directory", "guest-post"],
            (await _imports.LinksAsync()).Select(link => link.GetProperty("type").GetString()).Order());
        await _product.Api.PostAsync($"{_imports.Path}/{import.GetProperty("id").GetString()}/undo", null, HttpStatusCode.Accepted, Stop);
        await _product.DeliverAllAsync("ImportLinks", Stop);
        Assert.Empty(await _imports.LinksAsync());
    }

    [Fact]
    public async Task Undoing_removes_what_the_import_added_and_leaves_what_somebody_changed_or_had_before()
    {
        await _product.Api.RegisterAsync(_imports.Project, new { page = "https://a.example/1", target = "https://example.org/" }, Stop);
        var import = await _imports.ImportAsync(Export + "1,T,https://z.example/,https://example.org/,,1,1,false\n");
        var changed = (await _imports.LinksAsync()).Single(link => link.GetProperty("page").GetString() == "https://z.example/");
        await _product.Api.SendAsync(
            HttpMethod.Patch, $"/api/v1/projects/{_imports.Project}/links/{changed.GetProperty("id").GetString()}", "{\"note\":\"ours\"}",
            HttpStatusCode.OK, Stop);
        Assert.True(import.GetProperty("undoUntil").GetDateTimeOffset() > _product.Clock.GetUtcNow().AddDays(29));

        await _product.Api.PostAsync($"{_imports.Path}/{import.GetProperty("id").GetString()}/undo", null, HttpStatusCode.Accepted, Stop);
        await _product.DeliverAllAsync("ImportLinks", Stop);

        var undone = await _imports.GetAsync(import.GetProperty("id").GetString()!);
        Assert.Equal(("undone", 1, 1), (undone.GetProperty("state").GetString(), ImportDriver.Of(undone, "removed"),
            ImportDriver.Of(undone, "kept")));
        Assert.Equal(["https://a.example/1", "https://z.example/"],
            (await _imports.LinksAsync()).Select(link => link.GetProperty("page").GetString()).Order());
        await _product.Api.PostAsync(
            $"{_imports.Path}/{import.GetProperty("id").GetString()}/undo", null, HttpStatusCode.Conflict, Stop);
    }

    /// <summary>Terms and muting that came with the row are no change of somebody's; terms that were edited since are.</summary>
    [Fact]
    public async Task Undoing_removes_links_with_the_terms_and_the_muting_that_they_came_with()
    {
        var import = await _imports.ImportAsync(
            "page,target,vendor,cost,currency,start,end,muted,mutedUntil\n"
                + "https://a.example/,https://example.org/,V,120.50,EUR,2026-01-01,2027-12-31,,\n"
                + "https://b.example/,https://example.org/,V,12,EUR,2026-01-01,2027-12-31,yes,\n"
                + "https://c.example/,https://example.org/,,,,,,,2199-01-01\n"
                + "https://d.example/,https://example.org/,V,12,EUR,2026-01-01,2027-12-31,,\n",
            "?columns=vendor:vendor,cost:cost,currency:currency,start:start,end:end,muted:muted,muted-until:mutedUntil");
        var changed = (await _imports.LinksAsync()).Single(link => link.GetProperty("page").GetString() == "https://d.example/");
        Assert.Equal(12, changed.GetProperty("terms").GetProperty("cost").GetDecimal());
        await _product.Api.SendAsync(
            HttpMethod.Patch, $"/api/v1/projects/{_imports.Project}/links/{changed.GetProperty("id").GetString()}",
            "{\"terms\":{\"cost\":13}}", HttpStatusCode.OK, Stop);
        var id = import.GetProperty("id").GetString();

        await _product.Api.PostAsync($"{_imports.Path}/{id}/undo", null, HttpStatusCode.Accepted, Stop);
        await _product.DeliverAllAsync("ImportLinks", Stop);

        var undone = await _imports.GetAsync(id!);
        Assert.Equal((4, 3, 1), (ImportDriver.Of(import, "added"), ImportDriver.Of(undone, "removed"), ImportDriver.Of(undone, "kept")));
        Assert.Equal("https://d.example/", Assert.Single(await _imports.LinksAsync()).GetProperty("page").GetString());
    }

    [Fact]
    public async Task Who_undid_an_import_is_named_by_the_links_that_went_and_not_who_imported()
    {
        var import = await _imports.ImportAsync(Export);
        var id = import.GetProperty("id").GetString()!;
        var link = (await _imports.LinksAsync())[0].GetProperty("id").GetString()!;
        var run = (await _product.Get<IImportStore>().FindAsync(new ProjectId(_imports.Project), id, Stop))!;

        await _product.Get<ImportDesk>().UndoAsync(run, new Author("bbbbbbbbbbbb", "Ben"), Stop);
        await _product.DeliverAllAsync("ImportLinks", Stop);

        var former = await _product.Get<IFormerLinkStore>().FindAsync(new ProjectId(_imports.Project), new LinkId(link), Stop);
        Assert.Equal(("Ben", false), (former!.By.Name, run.By.Name == "Ben"));
    }

    [Fact]
    public async Task A_cancelled_import_does_no_more_and_says_what_it_had_done()
    {
        var begun = await _imports.SendAsync(Export);
        var id = begun.GetProperty("id").GetString()!;

        await _product.Api.PostAsync($"{_imports.Path}/{id}/cancel", null, HttpStatusCode.OK, Stop);
        await _product.DeliverAllAsync("ImportLinks", Stop);

        var cancelled = await _imports.GetAsync(id);
        Assert.Equal(("cancelled", 5), (cancelled.GetProperty("state").GetString(), ImportDriver.Of(cancelled, "left")));
        Assert.Empty(await _imports.LinksAsync());
        await _product.Api.PostAsync($"{_imports.Path}/{id}/cancel", null, HttpStatusCode.Conflict, Stop);
    }

    [Fact]
    public async Task A_file_comes_as_a_form_as_text_or_from_an_address()
    {
        await using var web = await LocalWeb.StartAsync(Stop);
        web.Map("/sheet", context => context.Response.WriteAsync("page,target\nhttps://u.example/,https://example.org/\n"));
        using var form = new MultipartFormDataContent
        {
            { new StringContent("ignored"), "field" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes("page,target\nhttps://f.example/,https://example.org/\n")), "file", "links.csv" },
        };
        using var sent = await _product.Api.Client.PostAsync(_imports.Path, form, Stop);
        Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
        await _product.Api.PostAsync(
            _imports.Path, new { text = "page,target\nhttps://t.example/,https://example.org/\n" }, HttpStatusCode.Accepted, Stop);
        await _product.Api.PostAsync(_imports.Path, new { url = web.Url("/sheet") }, HttpStatusCode.Accepted, Stop);
        await _product.Api.PostAsync(_imports.Path, new { url = web.Url("/nothing") }, HttpStatusCode.BadRequest, Stop);
        await _product.DeliverAllAsync("ImportLinks", Stop);

        Assert.Equal(["https://f.example/", "https://t.example/", "https://u.example/"],
            (await _imports.LinksAsync()).Select(link => link.GetProperty("page").GetString()).Order());
        var names = (await _product.Api.GetAsync(_imports.Path, Stop)).GetProperty("items").EnumerateArray()
            .Select(import => import.GetProperty("name").GetString()).ToList();
        Assert.Contains("links.csv", names);
        Assert.Contains(web.Url("/sheet"), names);
    }

    [Fact]
    public async Task A_sheet_is_polled_and_only_what_is_new_in_it_is_added()
    {
        await using var web = await LocalWeb.StartAsync(Stop);
        var content = "page,target\nhttps://one.example/,https://example.org/\n";
        web.Map("/sheet", context => context.Response.WriteAsync(content));
        var sheet = await _product.Api.PostAsync(
            $"/api/v1/projects/{_imports.Project}/sheets", new { url = web.Url("/sheet"), everyHours = 1 }, HttpStatusCode.Created, Stop);
        Assert.Equal(sheet.GetProperty("createdAt").GetString(), sheet.GetProperty("dueAt").GetString());
        var again = await _product.Api.PostAsync(
            $"/api/v1/projects/{_imports.Project}/sheets", new { url = web.Url("/sheet"), everyHours = 2 }, HttpStatusCode.Conflict, Stop);
        Assert.Contains("polls this sheet already", again.GetProperty("detail").GetString(), StringComparison.Ordinal);
        await _product.DeliverAllAsync("ImportLinks", Stop);
        Assert.Single(await _imports.LinksAsync());

        await PollAsync();
        Assert.Single((await _product.Api.GetAsync(_imports.Path, Stop)).GetProperty("items").EnumerateArray());

        content = "page,target\nhttps://two.example/,https://example.org/\n";
        await PollAsync();
        Assert.Equal(["https://one.example/", "https://two.example/"],
            (await _imports.LinksAsync()).Select(link => link.GetProperty("page").GetString()).Order());
        var listed = Assert.Single((await _product.Api.GetAsync($"/api/v1/projects/{_imports.Project}/sheets", Stop)).GetProperty("items")
            .EnumerateArray());
        Assert.Contains("It has changed", listed.GetProperty("outcome").GetString(), StringComparison.Ordinal);

        await _product.Api.SendAsync(HttpMethod.Delete,
            $"/api/v1/projects/{_imports.Project}/sheets/{sheet.GetProperty("id").GetString()}", null, HttpStatusCode.NoContent, Stop);
        await PollAsync();
        Assert.Equal(3, web.Requests.Count(request => request.Path == "/sheet"));
    }

    [Fact]
    public async Task A_sheet_that_says_it_has_not_changed_costs_nothing_and_is_read_in_full_once_a_week()
    {
        await using var web = await LocalWeb.StartAsync(Stop);
        var asked = new List<string?>();
        web.Map("/sheet", context =>
        {
            asked.Add(context.Request.Headers.IfNoneMatch);
            context.Response.Headers.ETag = "\"v1\"";
            if (context.Request.Headers.IfNoneMatch != "\"v1\"")
                return context.Response.WriteAsync("page,target\nhttps://one.example/,https://example.org/\n");
            context.Response.StatusCode = 304;
            return Task.CompletedTask;
        });
        await _product.Api.PostAsync(
            $"/api/v1/projects/{_imports.Project}/sheets", new { url = web.Url("/sheet"), everyHours = 1 }, HttpStatusCode.Created, Stop);
        await _product.DeliverAllAsync("ImportLinks", Stop);
        await PollAsync();

        Assert.Equal([null, "\"v1\""], asked);
        var sheet = Assert.Single((await _product.Api.GetAsync($"/api/v1/projects/{_imports.Project}/sheets", Stop)).GetProperty("items")
            .EnumerateArray());
        Assert.Contains("It has not changed since", sheet.GetProperty("outcome").GetString(), StringComparison.Ordinal);
        Assert.Single((await _product.Api.GetAsync(_imports.Path, Stop)).GetProperty("items").EnumerateArray());

        _product.Clock.Advance(TimeSpan.FromDays(7));
        await PollAsync();
        Assert.Null(asked[^1]);
    }

    [Fact]
    public async Task The_preview_tells_what_is_watched_already()
    {
        await _product.Api.RegisterAsync(_imports.Project, new { page = "https://a.example/1", target = "https://example.org/" }, Stop);

        var preview = await _imports.PreviewAsync(
            "page,target\nhttps://a.example/1,https://example.org/\nhttps://b.example/1,https://example.org/\n");

        Assert.True(preview.GetProperty("isKnownCounted").GetBoolean());
        Assert.Equal((1, 1), (preview.GetProperty("rows").GetProperty("added").GetInt32(),
            preview.GetProperty("rows").GetProperty("known").GetInt32()));
    }

    [Fact]
    public async Task The_first_check_of_an_imported_link_is_a_baseline_and_tells_nobody()
    {
        await using var web = await LocalWeb.StartAsync(Stop);
        web.Map(
            "/with",
            context => context.Response.WriteAsync("<title>A page</title><p>Words and <a href='http://127.0.0.1:9/t'>link</a> here."));
        web.Map(
            "/without",
            context => context.Response.WriteAsync("<title>A page</title><p>Words and <a href='http://127.0.0.1:9/o'>other</a>."));
        await _imports.ImportAsync(
            "page,target\n" + string.Concat(
                new[] { "/with", "/without", "/gone" }.Select(path => $"{web.Url(path)},http://127.0.0.1:9/t\n")));

        await _product.RoundAsync(Stop);
        await _product.RoundAfterAsync(TimeSpan.FromHours(8), Stop);

        Assert.Contains(await _imports.LinksAsync(), link => link.GetProperty("state").GetString() == "live");
        Assert.Empty((await _product.Api.GetAsync($"/api/v1/projects/{_imports.Project}/alerts", Stop)).GetProperty("items")
            .EnumerateArray());
    }

    private async Task PollAsync()
    {
        _product.Clock.Advance(TimeSpan.FromHours(2));
        await _product.TickAsync("SweepImports", Stop);
        await _product.DeliverAllAsync("ImportLinks", Stop);
    }

    private async Task<int> RowsAsync() =>
        (await _product.RowsAsync("Imports", Stop)).Count + (await _product.RowsAsync("Links", Stop)).Count
        + (await _product.RowsAsync("Pages", Stop)).Count;
}
