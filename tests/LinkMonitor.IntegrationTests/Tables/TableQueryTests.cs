using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.IntegrationTests.Tables;

public sealed class TableQueryTests(AzuriteFixture azurite) : TableTest(azurite)
{
    private const int Rows = 2_500;

    [Fact]
    public async Task A_long_partition_is_read_to_its_end_and_may_be_gone_on_with_from_any_page()
    {
        await FillAsync();

        var all = await ListAsync(Table.QueryAsync("PartitionKey eq 'p'", null, null, Stop));
        var pages = await ListAsync(Table.QueryAsync("PartitionKey eq 'p'", 700, ["N"], Stop).AsPages());
        var rest = await ListAsync(Table.QueryAsync("PartitionKey eq 'p'", null, null, Stop).AsPages(pages[1].ContinuationToken));

        Assert.Equal(Enumerable.Range(0, Rows), all.Select(entity => entity.GetInt32("N")!.Value));
        Assert.Equal([700, 700, 700, 400], pages.Select(page => page.Values.Count));
        Assert.Null(pages[^1].ContinuationToken);
        Assert.Equal(Enumerable.Range(1_400, Rows - 1_400), rest.SelectMany(page => page.Values).Select(entity => entity.GetInt32("N")!.Value));
    }

    [Fact]
    public async Task The_hint_of_a_page_size_wins_over_the_query()
    {
        await Table.AddEntityAsync(new TableEntity("p", "1"), Stop);
        await Table.AddEntityAsync(new TableEntity("p", "2"), Stop);

        var pages = await ListAsync(Table.QueryAsync(null, 1000, null, Stop).AsPages(null, 1));

        Assert.Equal([1, 1], pages.Select(page => page.Values.Count));
    }

    [Theory]
    [InlineData("not a token")]
    [InlineData("!")]
    [InlineData("YQ.*")]
    public void A_foreign_cursor_is_an_argument_error(string token) =>
        Assert.Throws<ArgumentException>(() => Table.QueryAsync(null, null, null, Stop).AsPages(token));

    [Theory]
    [InlineData(0)]
    [InlineData(1_001)]
    public void A_page_size_outside_the_service_limits_is_refused(int size) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Table.QueryAsync(null, size, null, Stop));

    [Fact]
    public async Task Every_literal_finds_its_own_type()
    {
        var moment = new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.FromHours(1)).AddTicks(7);
        var id = Guid.NewGuid();
        await Table.AddEntityAsync(
            new TableEntity("p", "match")
            {
                ["Text"] = "it's 東京",
                ["Int"] = -3,
                ["Long"] = 9_007_199_254_740_993L,
                ["Real"] = 2.5d,
                ["Flag"] = true,
                ["Moment"] = moment,
                ["Id"] = id,
                ["Bytes"] = new byte[] { 0, 255 },
            },
            Stop);
        await Table.AddEntityAsync(
            new TableEntity("p", "other")
            {
                ["Text"] = "its",
                ["Int"] = 3,
                ["Long"] = 9_007_199_254_740_992L,
                ["Real"] = 2.6d,
                ["Flag"] = false,
                // Azurite compares to the millisecond only.
                ["Moment"] = moment.AddMilliseconds(1),
                ["Id"] = Guid.NewGuid(),
                ["Bytes"] = new byte[] { 0, 254 },
            },
            Stop);

        FormattableString[] filters =
        [
            $"Text eq {"it's 東京"}", $"Int eq {-3}", $"Long eq {9_007_199_254_740_993L}", $"Real eq {2.5d}", $"Flag eq {true}",
            $"Moment eq {moment}", $"Id eq {id}", $"Bytes eq {new byte[] { 0, 255 }}",
        ];
        foreach (var filter in filters)
        {
            var found = await ListAsync(Table.QueryAsync(TableClient.CreateQueryFilter(filter), null, null, Stop));

            Assert.True(found is [{ RowKey: "match" }], $"{TableClient.CreateQueryFilter(filter)} found {found.Count}");
        }
    }

    [Fact]
    public async Task A_key_range_is_read_in_order()
    {
        foreach (var row in new[] { "due:3", "page:1", "due:1", "due:2" })
            await Table.AddEntityAsync(new TableEntity("p", row), Stop);

        var due = await ListAsync(Table.QueryAsync(
            TableClient.CreateQueryFilter($"PartitionKey eq {"p"} and RowKey ge {"due:"} and RowKey lt {"due:3"}"), null, null, Stop));

        Assert.Equal(["due:1", "due:2"], due.Select(entity => entity.RowKey));
    }

    private async Task FillAsync()
    {
        for (var start = 0; start < Rows; start += 100)
            await Table.SubmitTransactionAsync(
                Enumerable.Range(start, 100).Select(n => new TableTransactionAction(
                    TableTransactionActionType.Add, new TableEntity("p", $"{n:d6}") { ["N"] = n })),
                Stop);
    }
}
