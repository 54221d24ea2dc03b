using System.Net;
using System.Text.Json;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.Placements;

/// <summary>The refund pack through the API, from days of real checks.</summary>
public sealed class RefundReportTests(AzuriteFixture azurite)
{
    private static readonly object Terms =
        new { vendor = "Fine Links", cost = 300, currency = "EUR", start = "2026-11-21", end = "2026-12-20" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Days_of_checks_become_a_sum_with_its_evidence()
    {
        await using var product = await Product.StartAsync(ProductSettings.On(azurite), Token);
        await using var web = await LocalWeb.StartAsync(Token);
        var paid = await PaidPlacement.RegisterAsync(product, web, Terms, Token);
        await paid.PassDaysAsync(3, Token);
        paid.Show("nothing");
        await paid.PassDaysAsync(2, Token);

        var csv = await GetTextAsync(product, $"{paid.Project}/reports/refund?vendor=fine%20%20LINKS&format=csv", "text/csv");
        var html = await GetTextAsync(product, $"{paid.Project}/reports/refund?link={paid.Link}", "text/html");

        Assert.Contains("300.00 EUR / 30 days × 2 days not as agreed = 20.00 EUR", csv, StringComparison.Ordinal);
        Assert.Contains("300.00 EUR / 30 days × 2 days not as agreed = 20.00 EUR", html, StringComparison.Ordinal);
        Assert.Contains("live → lost", html, StringComparison.Ordinal);
        Assert.Contains("http://127.0.0.1:9/&quot;&gt;Example&lt;/a&gt;", html, StringComparison.Ordinal);
        Assert.Contains("total,", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_hash_is_that_of_the_evidence_as_it_is_stored()
    {
        var settings = ProductSettings.On(azurite);
        await using var product = await Product.StartAsync(settings, Token);
        await using var web = await LocalWeb.StartAsync(Token);
        var paid = await PaidPlacement.RegisterAsync(product, web, Terms, Token);
        await paid.PassDaysAsync(1, Token);
        paid.Show("nothing");
        await paid.PassDaysAsync(1, Token);
        var project = new ProjectId(paid.Project.Split('/')[^1]);

        var proofs = await product.Get<ILinkStore>().ListProofsAsync(project, new LinkId(paid.Link), 10, null, Token);
        var csv = await GetTextAsync(product, $"{paid.Project}/reports/refund?link={paid.Link}&format=csv", "text/csv");

        Assert.Equal(2, proofs.Items.Count);
        var loss = proofs.Items[0];
        Assert.Contains(loss.AfterHash, csv, StringComparison.Ordinal);
        Assert.Contains(loss.BeforeHash!, csv, StringComparison.Ordinal);
        Assert.Contains(loss.After.Replace("\"", "\"\"", StringComparison.Ordinal), csv, StringComparison.Ordinal);
        Assert.Null(proofs.Items[1].BeforeHash);
        Assert.Equal(
            loss.Change.Transition.After.CheckedAt,
            JsonDocument.Parse(loss.After).RootElement.GetProperty("checkedAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task All_links_and_changes_of_a_vendor_are_in_it_however_many()
    {
        await using var product = await Product.StartAsync(ProductSettings.On(azurite), Token);
        var id = await product.Api.CreateProjectAsync(new { name = "Example" }, Token);
        var links = product.Get<ILinkStore>();
        for (var number = 0; number < 130; number++)
            await links.RegisterAsync(
                StorageSamples.Link(
                    new ProjectId(id),
                    $"https://blog.example.net/{number}") with
                {
                    Terms = new Terms { Vendor = number % 13 == 0 ? "Other" : "Many" },
                },
                Token);
        var first = (await links.ListAsync(new ProjectId(id), new LinkFilter { Vendor = "many" }, 1, null, Token)).Items[0];
        for (var change = 0; change < 130; change++)
        {
            await links.SaveCheckAsync(first, StorageSamples.Change(first, StorageSamples.Noon.AddHours(change), alerts: false), Token);
            first = (await links.GetAsync(first.ProjectId, first.Id, Token))!;
        }

        var csv = await GetTextAsync(product, $"/api/v1/projects/{id}/reports/refund?vendor=Many&format=csv", "text/csv");

        var rows = csv.Split("\r\n");
        Assert.Equal(120, rows.Count(row => row.StartsWith("link,", StringComparison.Ordinal)));
        Assert.Equal(130, rows.Count(row => row.StartsWith("change,", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("", "exactly one")]
    [InlineData("?vendor=a&link=lnk_a", "exactly one")]
    [InlineData("?vendor=%20", "exactly one")]
    [InlineData("?vendor=a&format=pdf", "html")]
    [InlineData("?vendor=a&format=json", "csv")]
    public async Task What_is_no_question_is_refused(string query, string hint)
    {
        await using var product = await Product.StartAsync(ProductSettings.On(azurite), Token);
        var id = await product.Api.CreateProjectAsync(new { name = "Example" }, Token);

        var problem = await product.Api.SendAsync(
            HttpMethod.Get, $"/api/v1/projects/{id}/reports/refund{query}", null, HttpStatusCode.BadRequest, Token);

        Assert.Contains(hint, problem.GetProperty("errors").ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?vendor=Nobody")]
    [InlineData("?link=lnk_aaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("?link=nonsense")]
    public async Task What_is_not_there_is_not_found(string query)
    {
        await using var product = await Product.StartAsync(ProductSettings.On(azurite), Token);
        var id = await product.Api.CreateProjectAsync(new { name = "Example" }, Token);

        await product.Api.SendAsync(HttpMethod.Get, $"/api/v1/projects/{id}/reports/refund{query}", null, HttpStatusCode.NotFound, Token);
    }

    [Fact]
    public async Task The_page_may_load_and_run_nothing_and_Accept_chooses_the_format()
    {
        await using var product = await Product.StartAsync(ProductSettings.On(azurite), Token);
        await using var web = await LocalWeb.StartAsync(Token);
        var paid = await PaidPlacement.RegisterAsync(product, web, Terms, Token);
        var path = $"{paid.Project}/reports/refund?link={paid.Link}";

        using var page = await product.Api.Client.GetAsync(path, Token);
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept", "text/csv, text/html;q=0.5" } } };
        using var file = await product.Api.Client.SendAsync(request, Token);

        Assert.Contains("default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", page.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.Equal("text/csv", file.Content.Headers.ContentType?.MediaType);
        Assert.Equal([0xEF, 0xBB, 0xBF], (await file.Content.ReadAsByteArrayAsync(Token))[..3]);
    }

    private static async Task<string> GetTextAsync(Product product, string path, string type)
    {
        using var response = await product.Api.Client.GetAsync(path, Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType?.MediaType);
        return await response.Content.ReadAsStringAsync(Token);
    }
}
