using Azure;
using Azure.Data.Tables;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Connecting;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Telemetry;
using LinkMonitor.Storage.Writing;
using LinkMonitor.Testing.Telemetry;

namespace LinkMonitor.IntegrationTests.Telemetry;

/// <summary>Every request to a real storage is counted, by what it does and for whom.</summary>
public sealed class StorageOperationsTests(AzuriteFixture azurite) : IDisposable
{
    private const string Counter = "linkmonitor.storage.operations";
    private readonly Measured _measured = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_are_counted_by_service_operation_and_function()
    {
        var connection = StorageConnection.Open(
            new StorageOptions { ConnectionString = azurite.ConnectionString, NamePrefix = azurite.UniqueName("o") }, _measured);
        var table = connection.Tables.Open(TableNames.Pages);
        var queue = connection.Queues.Open("alerts");

        await table.CreateAsync(Token);
        var version = await table.AddAsync(Row("a"), Token);
        await table.GetAsync("p", "a", Token);
        await table.ReplaceAsync(Row("a"), version!.Value, Token);
        await table.PutAsync(Row("b"), Token);
        await table.MergeAsync(Row("b"), Token);
        await table.SubmitAsync([Transactions.Add(Row("c")), Transactions.Add(Row("d"))], Token);
        await foreach (var _ in table.QueryAsync(new RowQuery(KeyRange.Whole("p")) { PerPage = 2 }, Token))
        {
        }

        await table.DeleteAsync("p", "a", ETag.All, Token);
        await queue.CreateAsync(Token);
        await queue.SendAsync("x", TimeSpan.Zero, Token);
        await queue.PeekAsync(Token);
        var message = Assert.Single(await queue.ReceiveAsync(1, TimeSpan.FromMinutes(1), Token));
        var renewed = await queue.RenewAsync(message, TimeSpan.FromMinutes(1), Token);
        await queue.DeleteAsync(renewed!, Token);

        Assert.Equal(
            [
                "create table", "add table", "get table", "put table", "put table", "merge table", "transaction table", "query table",
                "query table", "delete table", "create queue", "create queue", "send queue", "look queue", "peek queue", "receive queue",
                "update queue", "delete queue",
            ],
            _measured.TagsOf(Counter).Select(tags => tags
                .Replace("function=other operation=", "", StringComparison.Ordinal).Replace("service=", "", StringComparison.Ordinal)
                .Replace(" table=none", "", StringComparison.Ordinal).Replace("table table=Pages", "table", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Requests_of_a_function_carry_its_name()
    {
        await using var product = await Product.StartAsync(ProductSettings.On(azurite) with { Meters = _measured }, Token);

        await product.TickAsync("ScheduleChecks", Token);
        await product.Api.GetAsync("/api/v1/projects", Token);

        Assert.Equal(
            64, _measured.TagsOf(Counter).Count(tags => tags == "function=ScheduleChecks operation=query service=table table=Pages"));
        Assert.Contains(_measured.TagsOf(Counter), tags => tags.StartsWith("function=Http ", StringComparison.Ordinal));
        Assert.Equal(WorkName.Other, WorkName.Current);
    }

    public void Dispose() => _measured.Dispose();

    // The marker tells our own write from another's.
    private static TableEntity Row(string key) => new("p", key) { ["v"] = 1, ["write"] = Guid.NewGuid().ToString("N") };
}
