using System.Net;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Testing;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.IntegrationTests.EndToEnd;

[TakesLong]
public sealed class ManyLinksTests(AzuriteFixture azurite)
{
    private const int Links = 300;
    private const int Pages = 30;

    [Fact]
    public async Task Three_hundred_links_on_30_pages_are_one_fetch_per_page_and_round()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var web = await LocalWeb.StartAsync(stop);
        await using var product = await Product.StartAsync(ProductSettings.On(azurite), stop);
        web.Map("/page/*", context => context.Response.WriteAsync(
            "<title>Page</title><p>Words."
                + string.Concat(Enumerable.Range(0, 10).Select(n => $" <a href='http://127.0.0.1:9/{n}'>{n}</a>"))));
        var project = await product.Api.CreateProjectAsync(new { name = "Many" }, stop);
        var links = Enumerable.Range(0, Links).Select(
            n => new { page = web.Url($"/page/{n % Pages}"), target = $"http://127.0.0.1:9/{n / Pages}" });

        var answer = await product.Api.PostAsync($"/api/v1/projects/{project}/links", links, HttpStatusCode.OK, stop);
        await product.RoundAsync(stop);

        Assert.Equal(Links, answer.GetProperty("created").GetInt32());
        var fetched = web.Requests.Select(request => request.Path).Where(path => path != "/robots.txt").ToArray();
        Assert.Equal(Pages, fetched.Length);
        Assert.Equal(Pages, fetched.Distinct().Count());
        Assert.Equal(Pages + 1, web.Requests.Count);
        var live = await product.Api.GetAsync($"/api/v1/projects/{project}/links?state=live&limit=1000", stop);
        Assert.Equal(Links, live.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task A_link_that_is_registered_while_its_page_is_fetched_for_another_is_checked_at_once_too()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var web = await LocalWeb.StartAsync(stop);
        await using var product = await Product.StartAsync(ProductSettings.On(azurite), stop);
        var project = await product.Api.CreateProjectAsync(new { name = "Two" }, stop);
        Task RegisterAsync(string target) => product.Api.PostAsync(
            $"/api/v1/projects/{project}/links",
            new[] { new { page = web.Url("/page"), target = $"http://127.0.0.1:9/{target}" } },
            HttpStatusCode.OK,
            stop);
        var isFirst = true;
        web.Map("/page", async context =>
        {
            if (isFirst)
                await RegisterAsync("second");
            isFirst = false;
            await context.Response.WriteAsync(
                "<title>Page</title><p>Words. <a href='http://127.0.0.1:9/first'>one</a> <a href='http://127.0.0.1:9/second'>two</a>");
        });

        await RegisterAsync("first");
        await product.RoundAsync(stop);

        var live = await product.Api.GetAsync($"/api/v1/projects/{project}/links?state=live", stop);
        Assert.Equal(2, live.GetProperty("items").GetArrayLength());
    }
}
