using System.Net;
using System.Text.Json;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.IntegrationTests.Dashboard;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Testing;
using LinkMonitor.Vendors;

namespace LinkMonitor.IntegrationTests.Vendors;

/// <summary>Vendors across projects over the API (<see cref="VendorEndpoints"/>, <see cref="VendorBook"/>).</summary>
public sealed class VendorTests : IAsyncLifetime
{
    private Product _product = null!;
    private string _one = "";
    private string _two = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _product = await Product.StartAsync(ProductSettings.InMemory(), Stop);
        _one = await _product.Api.CreateProjectAsync(new { name = "One" }, Stop);
        _two = await _product.Api.CreateProjectAsync(new { name = "Two" }, Stop);
    }

    public ValueTask DisposeAsync() => _product.DisposeAsync();

    [Fact]
    public async Task Spellings_of_a_name_are_one_vendor_across_projects()
    {
        await BuyAsync(_one, "https://a.example/", "Fine Links", 100);
        await BuyAsync(_two, "https://b.example/", " fine  LINKS", 50);
        await BuyAsync(_two, "https://c.example/", "Acme / & ?", 50);

        var list = await _product.Api.GetAsync("/api/v1/vendors", Stop);
        var vendors = list.GetProperty("vendors").EnumerateArray().ToList();

        Assert.Equal(["Acme / & ?", "Fine Links"], vendors.Select(vendor => vendor.GetProperty("name").GetString()));
        Assert.Equal((2, 2), (vendors[1].GetProperty("projects").GetInt32(), vendors[1].GetProperty("placements").GetInt32()));
        var detail = await _product.Api.GetAsync($"/api/v1/vendors/{vendors[1].GetProperty("id").GetString()}", Stop);
        Assert.Equal(2, detail.GetProperty("placementCount").GetInt32());
        Assert.Equal([100, 50], detail.GetProperty("prices").EnumerateArray().Select(price => price.GetProperty("cost").GetInt32())
            .OrderDescending());
        Assert.Equal("EUR", detail.GetProperty("spend")[0].GetProperty("currency").GetString());
        await _product.Api.SendAsync(
            HttpMethod.Get, "/api/v1/vendors/vnd_22222222222222222222222222", null, HttpStatusCode.NotFound, Stop);
    }

    [Fact]
    public async Task What_is_paid_for_twice_is_pointed_out_whoever_sold_it()
    {
        var first = await BuyAsync(_one, "https://a.example/post", "Acme", 100);
        var second = await BuyAsync(_two, "https://a.example/post", "Other", 80);
        await BuyAsync(_two, "https://b.example/post", "Other", 80);
        await BuyAsync(_one, "https://gift.example/", "Acme", 0);
        await BuyAsync(_two, "https://gift.example/", "Acme", 0);
        await _product.Api.RegisterAsync(_two, new { page = "https://free.example/", target = "https://example.org/" }, Stop);
        await _product.Api.RegisterAsync(_one, new { page = "https://free.example/", target = "https://example.org/" }, Stop);

        var twice = Assert.Single((await _product.Api.GetAsync("/api/v1/vendors", Stop)).GetProperty("twice").EnumerateArray());

        Assert.Equal("https://a.example/post", twice.GetProperty("page").GetString());
        Assert.Equal(
            new[] { first, second }.Order(StringComparer.Ordinal),
            twice.GetProperty("bought")
                .EnumerateArray()
                .Select(one => one.GetProperty("linkId").GetString()!)
                .Order(StringComparer.Ordinal));
        var detail = await _product.Api.GetAsync($"/api/v1/vendors/{VendorName.IdOf("acme")}", Stop);
        Assert.Single(detail.GetProperty("twice").EnumerateArray());
    }

    [Fact]
    public async Task A_key_of_one_project_learns_nothing_of_another()
    {
        await BuyAsync(_one, "https://a.example/post", "Acme", 100);
        await BuyAsync(_two, "https://a.example/post", "Secret Seller", 80);
        var made = await _product.Api.PostAsync(
            "/api/v1/keys", new { name = "Ben", scope = "read", projectId = _one }, HttpStatusCode.Created, Stop);
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = _product.Api.Client.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new("Bearer", made.GetProperty("key").GetString());
        using var driver = new ApiDriver(client);

        var list = await driver.GetAsync("/api/v1/vendors", Stop);

        Assert.Equal("Acme", Assert.Single(list.GetProperty("vendors").EnumerateArray()).GetProperty("name").GetString());
        Assert.Empty(list.GetProperty("twice").EnumerateArray());
        await driver.SendAsync(
            HttpMethod.Get, $"/api/v1/vendors/{VendorName.IdOf("Secret Seller")}", null, HttpStatusCode.NotFound, Stop);
    }

    [Fact]
    public async Task Open_cases_and_survival_are_those_of_the_vendors_placements()
    {
        var id = await BuyAsync(_one, "https://a.example/", "Acme", 100);
        var other = await BuyAsync(_one, "https://b.example/", "Other", 100);
        foreach (var link in (string[])[id, other])
            await _product.Api.PostAsync($"/api/v1/projects/{_one}/cases", new { linkId = link }, HttpStatusCode.Created, Stop);
        var links = _product.Get<ILinkStore>();
        var stored = (await links.GetAsync(new ProjectId(_one), new LinkId(id), Stop))!;
        await links.SaveCheckAsync(stored, StorageSamples.Change(stored, _product.Clock.GetUtcNow()), Stop);

        var detail = await _product.Api.GetAsync($"/api/v1/vendors/{VendorName.IdOf("ACME")}", Stop);

        Assert.Equal(id, Assert.Single(detail.GetProperty("cases").EnumerateArray()).GetProperty("linkId").GetString());
        Assert.Equal(1, detail.GetProperty("counted").GetInt32());
        Assert.Equal(JsonValueKind.Array, detail.GetProperty("survival").ValueKind);
    }

    [Fact]
    public async Task A_fault_of_our_own_target_alone_has_a_line_of_its_own_and_is_not_held_against_the_vendor()
    {
        await BuyAsync(_one, "https://a.example/", "Acme", 100);
        var id = await BuyAsync(_one, "https://b.example/", "Acme", 100);
        var links = _product.Get<ILinkStore>();
        var stored = (await links.GetAsync(new ProjectId(_one), new LinkId(id), Stop))!;
        var faulty = stored.Status with
        {
            State = LinkState.Changed,
            Reasons = [new Reason { Code = ReasonCode.TargetBroken, Message = "It answers 404." }],
        };
        await links.SaveAsync(stored with { Status = faulty }, Stop);
        using var visitor = await DashboardVisitor.EnterAsync(_product, Product.AdminKey, Stop);

        var share = (await _product.Api.GetAsync($"/api/v1/vendors/{VendorName.IdOf("acme")}", Stop)).GetProperty("share");
        using var answer = await visitor.GetAsync($"/app/vendors/{VendorName.IdOf("acme")}", Stop);
        var page = await answer.Content.ReadAsStringAsync(Stop);

        Assert.Equal(
            (1, 1, 1),
            (share.GetProperty("n").GetInt32(), share.GetProperty("asAgreed").GetInt32(), share.GetProperty("ownTargetFaults").GetInt32()));
        Assert.Contains("Of these 1 has a fault only in its target, on your own site", page, StringComparison.Ordinal);
    }

    private async Task<string> BuyAsync(string project, string page, string vendor, int cost) => await _product.Api.RegisterAsync(
        project, new
        {
            page,
            target = "https://example.org/",
            terms = new { vendor, cost, currency = "EUR", start = "2026-01-01", end = "2026-12-31" },
        }, Stop);
}
