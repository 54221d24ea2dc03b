using System.Net;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;

namespace LinkMonitor.IntegrationTests.Placements;

/// <summary>Reports at addresses that can be sent.</summary>
public sealed class SharedReportTests : IAsyncLifetime
{
    private Product _product = null!;
    private HttpClient _reader = null!;
    private string _project = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _product = await Product.StartAsync(ProductSettings.InMemory(), Stop);
        _project = await _product.Api.CreateProjectAsync(new { name = "Example Widgets" }, Stop);
        _reader = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var link = StorageSamples.Link(new ProjectId(_project), "https://blog.example.net/1");
        await _product.Get<ILinkStore>().RegisterAsync(
            link with
            {
                Terms =
                    new Terms
                    {
                        Vendor = "Fine Links",
                        Cost = 365,
                        Currency = "EUR",
                        Start = new DateOnly(2026, 1, 1),
                        End = new DateOnly(2026, 12, 31),
                        Invoice = "RE-17",
                    },
                Status = link.Status with { Days = DayLog.Parse("2026-11-01:lllll"), State = LinkState.Lost },
            },
            Stop);
    }

    public async ValueTask DisposeAsync()
    {
        _reader.Dispose();
        await _product.DisposeAsync();
    }

    [Theory]
    [InlineData("""{"report":"refund","vendor":"fine  LINKS"}""", "The claim", "RE-17")]
    [InlineData("""{"report":"refund","link":"LINK"}""", "The claim", "5.00 EUR")]
    [InlineData("""{"report":"vendors","validDays":1}""", "Which vendors keep", "Fine Links")]
    public async Task Whoever_has_the_address_reads_the_report_without_a_key_until_it_ends(string order, string words, string more)
    {
        var address = await MakeAsync(order);

        var (status, page) = await ReadAsync(address);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains(words, page, StringComparison.Ordinal);
        Assert.Contains(more, page, StringComparison.Ordinal);
        Assert.StartsWith("\uFEFF", (await ReadAsync($"{address}?format=csv")).Text, StringComparison.Ordinal);
        _product.Clock.Advance(TimeSpan.FromDays(91));
        Assert.Equal(HttpStatusCode.NotFound, (await ReadAsync(address)).Status);
    }

    [Fact]
    public async Task Revoked_altered_and_those_of_another_purpose_open_nothing()
    {
        var address = await MakeAsync("""{"report":"vendors"}""");
        Assert.Equal(HttpStatusCode.NotFound, (await ReadAsync(address[..^1] + (address[^1] == 'A' ? 'B' : 'A'))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ReadAsync(address.Replace("/reports/", "/links/", StringComparison.Ordinal))).Status);

        await _product.Api.SendAsync(
            HttpMethod.Post, $"/api/v1/projects/{_project}/public-addresses/revoke", null, HttpStatusCode.NoContent, Stop);

        Assert.Equal(HttpStatusCode.NotFound, (await ReadAsync(address)).Status);
    }

    [Theory]
    [InlineData("""{}""", "report")]
    [InlineData("""{"report":"refund"}""", "link")]
    [InlineData("""{"report":"refund","vendor":"a","link":"b"}""", "vendor")]
    [InlineData("""{"report":"refund","vendor":"Nobody","validDays":0}""", "vendor,validDays")]
    [InlineData("""{"report":"vendors","vendor":"Fine Links"}""", "vendor")]
    public async Task An_order_for_no_report_is_refused(string order, string fields)
    {
        var problem = await _product.Api.SendAsync(
            HttpMethod.Post, $"/api/v1/projects/{_project}/public-addresses/report", order, HttpStatusCode.BadRequest, Stop);

        Assert.All(fields.Split(','), field => Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.ToString()));
    }

    [Theory]
    [InlineData("/docs/samples/refund-pack", "The claim")]
    [InlineData("/docs/samples/vendor-report", "Link Garden")]
    public async Task Each_report_can_be_seen_with_made_up_data_on_the_first_day(string path, string words)
    {
        var (status, page) = await ReadAsync(new Uri(_product.Api.Client.BaseAddress!, path).AbsoluteUri);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains(words, page, StringComparison.Ordinal);
        Assert.Contains("a sample: all of it is made up", page, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(RowDamage.All), MemberType = typeof(RowDamage))]
    public async Task Where_all_links_of_the_vendor_are_damaged_the_address_says_so_and_is_not_called_wrong(string damage)
    {
        var address = await MakeAsync("""{"report":"refund","vendor":"Fine Links"}""");
        var rows = _product.Get<ITableService>().Open(TableNames.Links);
        foreach (var row in (await _product.RowsAsync(TableNames.Links, Stop))
            .Where(row => row.RowKey.StartsWith("link:", StringComparison.Ordinal)))
            if (RowDamage.Of(row, damage) is { } damaged)
                await rows.PutAsync(damaged, Stop);

        var (status, page) = await ReadAsync(address);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("The address is good. But 1 link of the project cannot be read", page, StringComparison.Ordinal);
    }

    private async Task<string> MakeAsync(string order)
    {
        var id = StorageSamples.Link(new ProjectId(_project), "https://blog.example.net/1").Id.Value;
        var made = await _product.Api.SendAsync(
            HttpMethod.Post, $"/api/v1/projects/{_project}/public-addresses/report",
            order.Replace("LINK\"}", $"{id}\"}}", StringComparison.Ordinal), HttpStatusCode.OK, Stop);
        return made.GetProperty("url").GetString()!;
    }

    private async Task<(HttpStatusCode Status, string Text)> ReadAsync(string address)
    {
        using var response = await _reader.GetAsync(new Uri(address), Stop);
        return (response.StatusCode, System.Text.Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(Stop)));
    }
}
