using Azure.Data.Tables;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Testing;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.IntegrationTests.EndToEnd;

/// <summary>A page that several projects watch, when a row of one of them cannot be read.</summary>
public sealed class SharedPageTests
{
    private const string Html =
        "<!doctype html><title>Post</title><p>Some words around <a href='http://127.0.0.1:9/'>Example</a> make it a page.</p>";
    private static readonly string[] Names = ["broken", "sound"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TableNames.Projects, "", "")]
    [InlineData(TableNames.Links, "", "")]
    [InlineData(TableNames.Projects, "\"v1\"", "")]
    [InlineData(TableNames.Links, "\"v1\"", "")]
    [InlineData(TableNames.Links, "", "removed")]
    public async Task It_is_checked_for_the_others_and_for_all_when_the_row_is_mended(string table, string etag, string change)
    {
        await using var web = await LocalWeb.StartAsync(Stop);
        var html = Html;
        web.Map("/p", context => AnswerAsync(context, html, etag));
        var settings = ProductSettings.InMemory() with { Names = new LoopbackNames() };
        await using var product = await Product.StartAsync(settings, Stop);
        var page = web.Url("blog.example", "/p");
        List<(string Project, string Link)> watching = [];
        foreach (var name in Names)
        {
            var project = await product.Api.CreateProjectAsync(new { name, checkTargets = false }, Stop);
            watching.Add((project, await product.Api.RegisterAsync(project, new { page, target = "http://127.0.0.1:9/" }, Stop)));
        }

        // Whoever comes first by name is asked first, so each of them is the broken one once.
        foreach (var (broken, sound) in new[] { (0, 1), (1, 0) })
        {
            await product.RoundAfterAsync(TimeSpan.FromDays(1.1), Stop);
            var row = settings.Memory!.ReadAll(table, null)
                .First(row => table == TableNames.Projects
                    ? row.RowKey == watching[broken].Project
                    : row.PartitionKey == watching[broken].Project && row.RowKey == $"link:{watching[broken].Link}");
            await PutAsync(settings, table, new TableEntity(row) { ["v"] = 99 });
            html =
                change.Length == 0 ? Html : "<!doctype html><title>Post</title><p>Some words that make it a page, and no link at all.</p>";

            await product.RoundAfterAsync(TimeSpan.FromDays(1.1), Stop);
            Assert.InRange(await AgeAsync(product, watching[sound]), TimeSpan.Zero, TimeSpan.FromMinutes(2));

            await PutAsync(settings, table, row);
            await product.RoundAfterAsync(TimeSpan.FromHours(1.1), Stop);
            Assert.InRange(await AgeAsync(product, watching[broken]), TimeSpan.Zero, TimeSpan.FromMinutes(2));
        }
    }

    [Fact]
    public async Task A_page_that_only_such_a_project_watches_stays()
    {
        await using var web = await LocalWeb.StartAsync(Stop);
        web.MapHtml("/p", Html);
        var settings = ProductSettings.InMemory() with { Names = new LoopbackNames() };
        await using var product = await Product.StartAsync(settings, Stop);
        var project = await product.Api.CreateProjectAsync(new { name = "broken" }, Stop);
        var link = await product.Api.RegisterAsync(
            project, new { page = web.Url("blog.example", "/p"), target = "http://127.0.0.1:9/" }, Stop);
        var row = settings.Memory!.ReadAll(TableNames.Projects, null).First(row => row.RowKey == project);
        await PutAsync(settings, TableNames.Projects, new TableEntity(row) { ["v"] = 99 });

        await product.RoundAsync(Stop);
        var stored = await product.Get<IPageStore>().GetAsync(PageRowKeys.For(StorageSamples.Url(web.Url("blog.example", "/p"))), Stop);
        Assert.InRange(stored!.DueAt - product.Clock.GetUtcNow(), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2));

        await PutAsync(settings, TableNames.Projects, row);
        await product.RoundAfterAsync(TimeSpan.FromHours(2), Stop);
        Assert.Equal("live", await product.Api.GetStateAsync(project, link, Stop));
    }

    private static Task AnswerAsync(HttpContext context, string html, string etag)
    {
        if (etag.Length > 0)
            context.Response.Headers.ETag = etag;
        if (etag.Length > 0 && context.Request.Headers.IfNoneMatch == etag)
        {
            context.Response.StatusCode = 304;
            return Task.CompletedTask;
        }

        context.Response.ContentType = "text/html";
        return context.Response.WriteAsync(html);
    }

    private static Task PutAsync(ProductSettings settings, string table, TableEntity row) =>
        ((ITableService)settings.Memory!).Open(table).PutAsync(row, Stop);

    private static async Task<TimeSpan> AgeAsync(Product product, (string Project, string Link) link)
    {
        var shown = await product.Api.GetLinkAsync(link.Project, link.Link, Stop);
        return product.Clock.GetUtcNow() - shown.GetProperty("lastCheckedAt").GetDateTimeOffset();
    }
}
