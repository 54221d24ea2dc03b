using Azure;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.IntegrationTests.Tables;

public sealed class EntityOperationTests(AzuriteFixture azurite) : TableTest(azurite)
{
    [Fact]
    public async Task Every_type_comes_back_as_it_was_stored()
    {
        var written = new TableEntity("p", "r")
        {
            ["Text"] = "naïve 東京 🔗 \"quoted\" \r\n\t\\ <a> \u2028",
            ["Empty"] = "",
            ["LooksLikeADate"] = "2026-01-02T03:04:05Z",
            ["Small"] = int.MinValue,
            ["Large"] = long.MaxValue,
            ["Smallest"] = long.MinValue,
            ["Yes"] = true,
            ["No"] = false,
            ["Whole"] = 5d,
            ["Fraction"] = 0.1d + 0.2d,
            ["Huge"] = double.MaxValue,
            ["Tiny"] = double.Epsilon,
            ["NotANumber"] = double.NaN,
            ["Up"] = double.PositiveInfinity,
            ["Down"] = double.NegativeInfinity,
            ["Moment"] = new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.FromHours(2)).AddTicks(1_234_567),
            ["Midnight"] = new DateTimeOffset(1601, 1, 1, 0, 0, 0, TimeSpan.Zero),
            ["Id"] = Guid.Parse("6f9619ff-8b86-d011-b42d-00cf4fc964ff"),
            ["Bytes"] = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray(),
            ["NoBytes"] = Array.Empty<byte>(),
            ["Absent"] = null,
        };

        await Table.AddEntityAsync(written, Stop);
        var read = (await Table.GetEntityAsync("p", "r", null, Stop)).Value;

        var system = new[] { "Timestamp", "odata.etag", "Absent" };
        Assert.Equal(written.Keys.Except(system).Order(), read.Keys.Except(system).Order());
        foreach (var name in written.Keys.Except(system))
        {
            Assert.Equal(written[name], read[name]);
            Assert.IsType(written[name]!.GetType(), read[name]);
        }

        Assert.Equal(TimeSpan.Zero, read.GetDateTimeOffset("Moment")!.Value.Offset);
        Assert.NotEqual(default, read.ETag);
        Assert.NotNull(read.Timestamp);
        Assert.Null(read["Absent"]);
    }

    [Theory]
    [InlineData("it's", "''")]
    [InlineData("'", "'leading and trailing'")]
    [InlineData("100%", "%25 %2F %")]
    [InlineData("a b  c", " ")]
    [InlineData("東京 ключ", "🔗é")]
    [InlineData("{\"json\":1}", "a&b=c;d+e,f(g)[h]@i!$*")]
    [InlineData("..", ".")]
    [InlineData("", "")]
    public async Task Keys_of_any_allowed_character_name_one_entity(string partitionKey, string rowKey)
    {
        await Table.AddEntityAsync(new TableEntity(partitionKey, rowKey) { ["N"] = 1 }, Stop);
        await Table.UpsertEntityAsync(new TableEntity(partitionKey, rowKey) { ["N"] = 2 }, TableUpdateMode.Replace, Stop);
        var read = (await Table.GetEntityAsync(partitionKey, rowKey, null, Stop)).Value;
        var found = await ListAsync(Table.QueryAsync(
            TableClient.CreateQueryFilter($"PartitionKey eq {partitionKey} and RowKey eq {rowKey}"), null, null, Stop));
        await Table.DeleteEntityAsync(partitionKey, rowKey, read.ETag, Stop);

        Assert.Equal((partitionKey, rowKey, 2), (read.PartitionKey, read.RowKey, read.GetInt32("N")));
        Assert.Equal(rowKey, Assert.Single(found).RowKey);
        Assert.Empty(await ListAsync(Table.QueryAsync(null, null, null, Stop)));
    }

    [Fact]
    public async Task Adding_an_existing_entity_is_a_conflict()
    {
        await Table.AddEntityAsync(new TableEntity("p", "r") { ["N"] = 1 }, Stop);

        var failure = await Assert.ThrowsAsync<RequestFailedException>(
            () => Table.AddEntityAsync(new TableEntity("p", "r") { ["N"] = 1 }, Stop));

        Assert.Equal((409, TableErrorCode.EntityAlreadyExists), (failure.Status, failure.ErrorCode));
    }

    [Fact]
    public async Task Adding_answers_with_the_etag_that_is_stored()
    {
        var answer = await Table.AddEntityAsync(new TableEntity("p", "r"), Stop);

        var read = (await Table.GetEntityAsync("p", "r", null, Stop)).Value;
        Assert.Equal(204, answer.Status);
        Assert.Equal(read.ETag, answer.Headers.ETag);
    }

    [Fact]
    public async Task A_missing_entity_is_404_or_no_value()
    {
        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => Table.GetEntityAsync("p", "none", null, Stop));
        var maybe = await Table.GetEntityIfExistsAsync("p", "none", null, Stop);

        Assert.Equal(404, failure.Status);
        Assert.False(maybe.HasValue);
        Assert.Throws<InvalidOperationException>(() => maybe.Value);
    }

    [Fact]
    public async Task A_missing_table_is_never_taken_for_a_missing_entity()
    {
        var missing = Service.GetTableClient(Azurite.UniqueName("missing"));

        var read = await Assert.ThrowsAsync<RequestFailedException>(() => missing.GetEntityAsync("p", "r", null, Stop));
        var added = await Assert.ThrowsAsync<RequestFailedException>(() => missing.AddEntityAsync(new TableEntity("p", "r"), Stop));

        Assert.Equal(404, read.Status);
        Assert.Equal((404, TableErrorCode.TableNotFound), (added.Status, added.ErrorCode));
    }

    [Fact]
    public async Task Merge_keeps_what_it_does_not_name_and_replace_removes_it()
    {
        await Table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1, ["B"] = 1L }, Stop);

        await Table.UpsertEntityAsync(new TableEntity("p", "r") { ["A"] = 2 }, TableUpdateMode.Merge, Stop);
        var merged = (await Table.GetEntityAsync("p", "r", null, Stop)).Value;
        await Table.UpdateEntityAsync(new TableEntity("p", "r") { ["A"] = 3 }, merged.ETag, TableUpdateMode.Replace, Stop);
        var replaced = (await Table.GetEntityAsync("p", "r", null, Stop)).Value;

        Assert.Equal((2, 1L), (merged.GetInt32("A"), merged.GetInt64("B")));
        Assert.Equal((3, null), (replaced.GetInt32("A"), replaced.GetInt64("B")));
    }

    [Theory]
    [InlineData(TableUpdateMode.Merge)]
    [InlineData(TableUpdateMode.Replace)]
    public async Task An_update_or_delete_with_an_old_etag_is_refused(TableUpdateMode mode)
    {
        await Table.AddEntityAsync(new TableEntity("p", "r") { ["N"] = 1 }, Stop);
        var old = (await Table.GetEntityAsync("p", "r", null, Stop)).Value.ETag;
        var current = old;
        while (current == old)
            current = (await Table.UpdateEntityAsync(new TableEntity("p", "r") { ["N"] = 2 }, ETag.All, mode, Stop)).Headers.ETag!.Value;

        var update = await Assert.ThrowsAsync<RequestFailedException>(
            () => Table.UpdateEntityAsync(new TableEntity("p", "r") { ["N"] = 3 }, old, mode, Stop));
        var delete = await Assert.ThrowsAsync<RequestFailedException>(() => Table.DeleteEntityAsync("p", "r", old, Stop));
        await Table.UpdateEntityAsync(new TableEntity("p", "r") { ["N"] = 4 }, current, mode, Stop);

        Assert.Equal((412, TableErrorCode.UpdateConditionNotSatisfied), (update.Status, update.ErrorCode));
        Assert.Equal(412, delete.Status);
        Assert.Equal(4, (await Table.GetEntityAsync("p", "r", null, Stop)).Value.GetInt32("N"));
    }

    [Fact]
    public async Task An_update_without_an_etag_is_refused_before_it_becomes_an_upsert()
    {
        await Assert.ThrowsAsync<ArgumentException>(
            () => Table.UpdateEntityAsync(new TableEntity("p", "r"), default, TableUpdateMode.Replace, Stop));

        Assert.False((await Table.GetEntityIfExistsAsync("p", "r", null, Stop)).HasValue);
    }

    [Fact]
    public async Task Updating_a_missing_entity_is_404_and_deleting_one_says_so()
    {
        var update = await Assert.ThrowsAsync<RequestFailedException>(
            () => Table.UpdateEntityAsync(new TableEntity("p", "none"), ETag.All, TableUpdateMode.Merge, Stop));
        var delete = await Table.DeleteEntityAsync("p", "none", default, Stop);

        Assert.Equal(404, update.Status);
        Assert.Equal(404, delete.Status);
    }

    [Fact]
    public async Task Select_brings_the_named_properties_and_the_keys()
    {
        await Table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1, ["B"] = 2 }, Stop);

        var read = (await Table.GetEntityAsync("p", "r", ["A"], Stop)).Value;
        var queried = Assert.Single(await ListAsync(Table.QueryAsync(null, null, ["B"], Stop)));

        Assert.Equal(("p", "r", 1, null), (read.PartitionKey, read.RowKey, read.GetInt32("A"), read.GetInt32("B")));
        Assert.Equal(("p", "r", null, 2), (queried.PartitionKey, queried.RowKey, queried.GetInt32("A"), queried.GetInt32("B")));
    }
}
