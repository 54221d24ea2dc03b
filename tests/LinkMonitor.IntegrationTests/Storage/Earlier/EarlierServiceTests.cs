using System.Text.Json;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Queues;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.IntegrationTests.Storage.Earlier;

/// <summary>The service goes on where the version before was killed: with its rows, and with the messages that were on their way.</summary>
public sealed class EarlierServiceTests(AzuriteFixture azurite, SmtpFixture smtp)
{
    private readonly EarlierStorage _earlier = EarlierStorage.Read();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public Task It_goes_on_with_what_the_version_before_left_on_Azurite() => GoOnAsync(ProductSettings.On(azurite));

    [Fact]
    public Task It_goes_on_with_what_the_version_before_left_in_memory() => GoOnAsync(ProductSettings.InMemory());

    private async Task GoOnAsync(ProductSettings settings)
    {
        await using var web = await EarlierWeb.StartAsync(Stop);
        web.Without.UnionWith(["/r2", "/never"]);
        await using var product = await Product.StartAsync(Settings(settings, web), Stop);
        var stopped = _earlier.RowsOf(TableNames.Pages, "page:").Max(row => row.GetDateTimeOffset("lastCheckedAt")!.Value);
        product.Clock.Advance(stopped.AddMinutes(2) - product.Clock.GetUtcNow());
        await _earlier.LoadAsync(product.Get<ITableService>(), product.Queues, Stop);

        // Each asks for the run of a host, which has messages of its own.
        Assert.True(await product.DeliverAllAsync("CheckPage", Stop) > _earlier.Queues[QueueNames.PageChecks].Count);
        Assert.True(await product.DeliverAllAsync("SendAlerts", Stop) >= _earlier.Queues[QueueNames.Alerts].Count);
        for (var round = 0; round < 4; round++)
        {
            await product.RoundAfterAsync(TimeSpan.FromHours(2), Stop);
            await product.TickAsync("SweepAlerts", Stop);
            await product.DeliverAllAsync("SendAlerts", Stop);
        }

        await AssertStateAsync(product, "/removed", "live", "lost");
        await AssertStateAsync(product, "/nofollow", "live", "changed");
        await AssertStateAsync(product, "/gone", "live", "lost");
        await AssertStateAsync(product, "/r2", "lost", "live");
        await AssertEverythingToldAsync(product);
        Assert.Equal(2, await FailuresAsync(product));
    }

    private ProductSettings Settings(ProductSettings settings, EarlierWeb web) => settings with
    {
        SmtpPort = smtp.Server.Port,
        Names = web.Names,
        More = new() { ["LinkMonitor:Channels:AllowPrivateNetworks"] = "true" },
    };

    /// <summary>The link of a page has this state now, and had the other one before.</summary>
    private async Task AssertStateAsync(Product product, string path, string state, string before)
    {
        var row = _earlier.RowsOf(TableNames.Links, "link:").First(row => row.GetString("page").EndsWith(path, StringComparison.Ordinal));
        Assert.Equal(before, row.GetString("state"));

        var history = await product.Api.GetHistoryAsync(row.PartitionKey, row.GetString("linkId"), Stop);

        Assert.Equal(state, await product.Api.GetStateAsync(row.PartitionKey, row.GetString("linkId"), Stop));
        Assert.Equal((before, state), (history[0].GetProperty("from").GetString(), history[0].GetProperty("to").GetString()));
    }

    /// <summary>The alerts that were open are closed, and no change waits to be told.</summary>
    private async Task AssertEverythingToldAsync(Product product)
    {
        Assert.NotEmpty(_earlier.RowsOf(TableNames.Links, "outbox:"));
        var rows = await product.RowsAsync(TableNames.Links, Stop);
        Assert.DoesNotContain(rows, row => row.RowKey.StartsWith("outbox:", StringComparison.Ordinal));
        var opened = _earlier.RowsOf(TableNames.Alerts, "open:");
        Assert.NotEmpty(opened);
        foreach (var row in opened)
        {
            var alert =
                (await product.Api.GetAsync($"/api/v1/projects/{row.PartitionKey}/alerts/{row.GetString("alertId")}", Stop)).GetProperty(
                    "alert");
            Assert.NotEqual(JsonValueKind.Null, alert.GetProperty("closedAt").ValueKind);
            Assert.DoesNotContain(
                alert.GetProperty("deliveries").EnumerateArray(), delivery => delivery.GetProperty("state").GetString() == "waiting");
        }
    }

    private static async Task<int> FailuresAsync(Product product)
    {
        var count = 0;
        foreach (var queue in QueueNames.All)
            count += (await product.Api.GetAsync($"/api/v1/failures/{queue}", Stop)).GetProperty("items").GetArrayLength();
        return count;
    }
}
