using Azure;
using Azure.Data.Tables;
using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Testing.Storage.Contracts;

/// <summary>What the stores rely on in a table.</summary>
public abstract class TableContract
{
    private static readonly ETag Old = new("W/\"datetime'2020-01-01T00%3A00%3A00.0000000Z'\"");

    private readonly IStorageSource _source;

    private protected TableContract(IStorageSource source) => _source = source;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_type_comes_back_as_it_was_stored()
    {
        var table = await TableAsync();
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
            ["Moment"] = new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.FromHours(2)).AddTicks(1_234_567),
            ["Earliest"] = new DateTimeOffset(1601, 1, 1, 0, 0, 0, TimeSpan.Zero),
            ["Id"] = Guid.Parse("6f9619ff-8b86-d011-b42d-00cf4fc964ff"),
            ["Bytes"] = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray(),
            ["NoBytes"] = Array.Empty<byte>(),
            ["Absent"] = null,
        };

        await table.AddAsync(written, Token);
        var read = (await table.GetAsync("p", "r", Token))!;

        var names = written.Keys.Except(["PartitionKey", "RowKey", "Timestamp", "odata.etag", "Absent"]).ToList();
        Assert.False(read.ContainsKey("Absent"));
        foreach (var name in names)
        {
            Assert.Equal(written[name], read[name]);
            Assert.IsType(written[name]!.GetType(), read[name]);
        }

        Assert.Equal(TimeSpan.Zero, read.GetDateTimeOffset("Moment")!.Value.Offset);
        Assert.NotEqual(default, read.ETag);
        Assert.NotNull(read.Timestamp);
    }

    [Theory]
    [InlineData("it's", "''")]
    [InlineData("100%", "%25 %2F %")]
    [InlineData("a b  c", " ")]
    [InlineData("東京 ключ", "🔗é")]
    [InlineData("{\"json\":1}", "a&b=c;d+e,f(g)[h]@i!$*")]
    [InlineData("..", ".")]
    public async Task Keys_of_any_allowed_character_name_one_row(string partition, string rowKey)
    {
        var table = await TableAsync();

        await table.AddAsync(New(partition, rowKey, 1), Token);
        await table.PutAsync(New(partition, rowKey, 2), Token);
        var read = (await table.GetAsync(partition, rowKey, Token))!;
        var found = await table.QueryAsync(new RowQuery(new KeyRange(partition, rowKey, rowKey + "~")), Token).ToListAsync();

        Assert.Equal((partition, rowKey, 2), (read.PartitionKey, read.RowKey, read.GetInt32("N")));
        Assert.Equal(rowKey, Assert.Single(found).RowKey);
        Assert.True(await table.DeleteAsync(partition, rowKey, read.ETag, Token));
        Assert.Null(await table.GetAsync(partition, rowKey, Token));
    }

    [Fact]
    public async Task A_row_is_added_once_and_the_first_one_stays()
    {
        var table = await TableAsync();

        var first = await table.AddAsync(New("p", "r", 1), Token);
        var second = await table.AddAsync(New("p", "r", 2), Token);

        var stored = (await table.GetAsync("p", "r", Token))!;
        Assert.Null(second);
        Assert.Equal((first!.Value, 1), (stored.ETag, stored.GetInt32("N")!.Value));
    }

    [Fact]
    public async Task Of_many_who_add_a_row_at_once_one_does()
    {
        var table = await TableAsync();

        var versions = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => table.AddAsync(New("p", "r", n), Token)));

        Assert.Single(versions, version => version is not null);
    }

    [Fact]
    public async Task A_row_is_replaced_in_the_version_that_was_read_only()
    {
        var table = await TableAsync();
        var first = (await table.AddAsync(New("p", "r", 1), Token))!.Value;

        var second = await table.ReplaceAsync(New("p", "r", 2), first, Token);
        var late = await table.ReplaceAsync(New("p", "r", 3), first, Token);
        var deleted = await table.DeleteAsync("p", "r", first, Token);
        var any = await table.ReplaceAsync(New("p", "r", 4), ETag.All, Token);

        Assert.NotNull(second);
        Assert.NotEqual(first, second);
        Assert.Null(late);
        Assert.False(deleted);
        Assert.NotNull(any);
        Assert.Equal(4, (await table.GetAsync("p", "r", Token))!.GetInt32("N"));
    }

    [Fact]
    public async Task A_replacement_without_a_version_is_refused_before_it_becomes_an_upsert()
    {
        var table = await TableAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => table.ReplaceAsync(New("p", "r", 1), default, Token));
        await Assert.ThrowsAsync<ArgumentException>(
            () => table.SubmitAsync([new(TableTransactionActionType.UpdateReplace, New("p", "r", 1))], Token));

        Assert.Null(await table.GetAsync("p", "r", Token));
    }

    [Fact]
    public async Task What_is_not_there_is_neither_read_nor_replaced_nor_deleted()
    {
        var table = await TableAsync();

        Assert.Null(await table.GetAsync("p", "r", Token));
        Assert.Null(await table.ReplaceAsync(New("p", "r", 1), ETag.All, Token));
        Assert.False(await table.DeleteAsync("p", "r", ETag.All, Token));
    }

    [Fact]
    public async Task A_missing_table_is_a_failure_and_never_a_missing_row()
    {
        var table = (await _source.CreateAsync(Token)).Tables.Open("Missing");
        Func<Task>[] calls =
        [
            () => table.GetAsync("p", "r", Token),
            () => table.QueryAsync(new RowQuery(KeyRange.Whole("p")), Token).ToListAsync(),
            () => table.AddAsync(New("p", "r", 1), Token),
            () => table.ReplaceAsync(New("p", "r", 1), ETag.All, Token),
            () => table.PutAsync(New("p", "r", 1), Token),
            () => table.MergeAsync(New("p", "r", 1), Token),
            () => table.DeleteAsync("p", "r", ETag.All, Token),
            () => table.SubmitAsync([new(TableTransactionActionType.Add, New("p", "r", 1))], Token),
        ];

        foreach (var call in calls)
            Assert.Equal((StorageFailureKind.NotCreated, 404), await FailureAsync(call));
    }

    [Fact]
    public async Task Merge_keeps_what_it_does_not_name_and_put_removes_it()
    {
        var table = await TableAsync();
        await table.MergeAsync(new TableEntity("p", "r") { ["A"] = 1, ["B"] = 1L }, Token);

        await table.MergeAsync(new TableEntity("p", "r") { ["A"] = 2 }, Token);
        var merged = (await table.GetAsync("p", "r", Token))!;
        await table.PutAsync(new TableEntity("p", "r") { ["A"] = 3 }, Token);
        var put = (await table.GetAsync("p", "r", Token))!;

        Assert.Equal((2, 1L), (merged.GetInt32("A"), merged.GetInt64("B")));
        Assert.Equal((3, null), (put.GetInt32("A"), put.GetInt64("B")));
    }

    [Fact]
    public async Task A_range_is_read_in_order_of_its_keys_and_no_further()
    {
        var table = await TableAsync();
        foreach (var row in new[] { "due:3", "page:1", "due:b", "due:1", "due:B", "due:2" })
            await table.AddAsync(New("p", row, 1), Token);
        await table.AddAsync(New("q", "due:1", 1), Token);

        var all = await KeysAsync(table, new RowQuery(KeyRange.StartingWith("p", "due:")));
        var some = await KeysAsync(table, new RowQuery(new KeyRange("p", "due:2", "due:3")));
        var rest = await KeysAsync(table, new RowQuery(KeyRange.StartingWith("p", "due:")) { After = "due:2" });

        Assert.Equal(["due:1", "due:2", "due:3", "due:B", "due:b"], all);
        Assert.Equal(["due:2"], some);
        Assert.Equal(["due:3", "due:B", "due:b"], rest);
    }

    // A key goes on with what people write, in any script.
    [Fact]
    public async Task A_prefix_and_a_partition_go_on_whatever_the_script()
    {
        string[] scripts = ["type:Zebra", "type:~", "type:übersicht", "type:Ελληνικά", "type:новости", "type:日本", "type:🔗", "type:\uffee"];
        var table = await TableAsync();
        foreach (var row in scripts.Concat(["type", "typf:a", "übersicht", "日本"]))
            await table.AddAsync(New("p", row, 1), Token);

        var named = await KeysAsync(table, new RowQuery(KeyRange.StartingWith("p", "type:")));
        var rest = await KeysAsync(table, new RowQuery(KeyRange.StartingWith("p", "type:")) { After = "type:новости" });
        var whole = await KeysAsync(table, new RowQuery(KeyRange.Whole("p")));

        Assert.Equal(scripts.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
        Assert.Equal(["type:日本", "type:🔗", "type:\uffee"], rest);
        Assert.Equal(scripts.Length + 4, whole.Count);
    }

    [Fact]
    public async Task A_long_partition_is_read_to_its_end_whatever_the_pages()
    {
        const int rows = 1_200;
        var table = await TableAsync();
        for (var start = 0; start < rows; start += 100)
            await table.SubmitAsync(
                [
                    .. Enumerable.Range(start, 100)
                    .Select(n => new TableTransactionAction(TableTransactionActionType.Add, New("p", $"{n:d6}", n))),
                ], Token);

        var all = await table.QueryAsync(new RowQuery(KeyRange.Whole("p")), Token).ToListAsync();
        var small = await table.QueryAsync(new RowQuery(KeyRange.Whole("p")) { PerPage = 70 }, Token).ToListAsync();

        Assert.Equal(Enumerable.Range(0, rows), all.Select(row => row.GetInt32("N")!.Value));
        Assert.Equal(Enumerable.Range(0, rows), small.Select(row => row.GetInt32("N")!.Value));
    }

    [Fact]
    public async Task Conditions_leave_out_rows_that_say_something_else_or_nothing()
    {
        var table = await TableAsync();
        await table.AddAsync(
            new TableEntity("p", "1") { ["State"] = "live", ["Vendor"] = "it's a 'shop'", ["At"] = StorageSamples.Noon }, Token);
        await table.AddAsync(new TableEntity("p", "2") { ["State"] = "lost", ["Vendor"] = "" }, Token);
        await table.AddAsync(new TableEntity("p", "3") { ["State"] = "Live" }, Token);
        async Task<List<string>> FindAsync(params ColumnCondition[] conditions) =>
            await KeysAsync(table, new RowQuery(KeyRange.Whole("p")) { Conditions = conditions, PerPage = 1 });

        Assert.Equal(["1"], await FindAsync(new ColumnCondition("State", "live")));
        Assert.Equal(["1"], await FindAsync(new ColumnCondition("Vendor", "it's a 'shop'")));
        Assert.Equal(["1"], await FindAsync(new ColumnCondition("Vendor", null)));
        Assert.Equal(["1"], await FindAsync(ColumnCondition.Later("At", StorageSamples.Noon.AddSeconds(-1))));
        Assert.Empty(await FindAsync(ColumnCondition.Later("At", StorageSamples.Noon.AddSeconds(1))));
        Assert.Empty(await FindAsync(new ColumnCondition("State", "lost"), new ColumnCondition("Vendor", null)));
    }

    [Fact]
    public async Task Some_columns_can_be_read_alone_with_the_time_of_writing()
    {
        var table = await TableAsync();
        var row = New("p", "r", 1);
        row["Other"] = "x";
        await table.AddAsync(row, Token);

        var query = new RowQuery(KeyRange.Whole("p")) { Columns = ["N", "Missing"] };
        var read = Assert.Single(await table.QueryAsync(query, Token).ToListAsync());
        var written = read.Timestamp!.Value;

        Assert.Equal((1, null, null, "r"), (read.GetInt32("N"), read["Missing"], read["Other"], read.RowKey));
        Assert.NotEmpty(await table.QueryAsync(query with { Conditions = [ColumnCondition.WrittenAfter(written.AddSeconds(-1))] }, Token)
            .ToListAsync());
        Assert.Empty(await table.QueryAsync(query with { Conditions = [ColumnCondition.WrittenAfter(written.AddSeconds(1))] }, Token)
            .ToListAsync());
    }

    [Fact]
    public async Task Keys_can_be_read_alone()
    {
        var table = await TableAsync();
        await table.AddAsync(New("p", "r", 1), Token);

        var row = Assert.Single(await table.QueryAsync(new RowQuery(KeyRange.Whole("p")) { KeysOnly = true }, Token).ToListAsync());

        Assert.Equal(("p", "r", null), (row.PartitionKey, row.RowKey, row.GetInt32("N")));
    }

    [Fact]
    public async Task A_transaction_does_every_kind_of_action()
    {
        var table = await TableAsync();
        foreach (var row in new[] { "merge", "replace", "delete", "upsert-merge", "upsert-replace" })
            await table.AddAsync(new TableEntity("p", row) { ["Old"] = 1 }, Token);
        var version = (await table.GetAsync("p", "merge", Token))!.ETag;

        Assert.True(await table.SubmitAsync(
            [
                new(TableTransactionActionType.Add, New("p", "add", 2)),
                new(TableTransactionActionType.UpdateMerge, New("p", "merge", 2), version),
                new(TableTransactionActionType.UpdateReplace, New("p", "replace", 2), ETag.All),
                new(TableTransactionActionType.Delete, new TableEntity("p", "delete"), ETag.All),
                new(TableTransactionActionType.UpsertMerge, New("p", "upsert-merge", 2)),
                new(TableTransactionActionType.UpsertReplace, New("p", "upsert-replace", 2)),
            ],
            Token));

        var stored = await table.QueryAsync(new RowQuery(KeyRange.Whole("p")), Token).ToListAsync();
        Assert.Equal(["add", "merge", "replace", "upsert-merge", "upsert-replace"], stored.Select(row => row.RowKey));
        Assert.All(stored, row => Assert.Equal(2, row.GetInt32("N")));
        Assert.Equal(["merge", "upsert-merge"], stored.Where(row => row.ContainsKey("Old")).Select(row => row.RowKey));
    }

    [Fact]
    public async Task A_transaction_one_of_whose_conditions_does_not_hold_writes_nothing()
    {
        var table = await TableAsync();
        await table.AddAsync(New("p", "there", 1), Token);
        TableTransactionAction[] unmet =
        [
            new(TableTransactionActionType.Add, New("p", "there", 2)),
            new(TableTransactionActionType.UpdateReplace, New("p", "there", 2), Old),
            new(TableTransactionActionType.UpdateMerge, New("p", "gone", 2), ETag.All),
            new(TableTransactionActionType.Delete, new TableEntity("p", "gone"), ETag.All),
        ];

        foreach (var action in unmet)
            Assert.False(await table.SubmitAsync([new(TableTransactionActionType.UpsertReplace, New("p", "new", 2)), action], Token));

        var row = Assert.Single(await table.QueryAsync(new RowQuery(KeyRange.Whole("p")), Token).ToListAsync());
        Assert.Equal(("there", 1), (row.RowKey, row.GetInt32("N")));
    }

    [Fact]
    public async Task A_write_that_is_sent_again_is_known_by_its_marker()
    {
        var table = await TableAsync();
        var row = Marked("r", "ours");
        var version = (await table.AddAsync(row, Token))!.Value;

        Assert.Equal(version, await table.AddAsync(row, Token));
        Assert.Null(await table.AddAsync(Marked("r", "another's"), Token));
        var replaced = await table.ReplaceAsync(Marked("r", "second"), version, Token);
        Assert.Equal(replaced, await table.ReplaceAsync(Marked("r", "second"), version, Token));
        Assert.Null(await table.ReplaceAsync(Marked("r", "third"), version, Token));
    }

    [Fact]
    public async Task A_transaction_that_is_sent_again_is_known_by_the_marker_of_any_of_its_first_rows()
    {
        var table = await TableAsync();
        var version = (await table.AddAsync(Marked("link", "first"), Token))!.Value;
        TableTransactionAction[] ours =
        [
            new(TableTransactionActionType.UpdateReplace, Marked("link", "ours"), version),
            new(TableTransactionActionType.UpsertReplace, Marked("change", "ours")),
        ];

        Assert.True(await table.SubmitAsync(ours, Token));
        Assert.True(await table.SubmitAsync(ours, Token));
        await table.ReplaceAsync(Marked("link", "another's"), ETag.All, Token);
        Assert.True(await table.SubmitAsync(ours, Token));
        Assert.False(await table.SubmitAsync([new(TableTransactionActionType.UpdateReplace, Marked("link", "late"), version)], Token));
        Assert.Equal("another's", (await table.GetAsync("p", "link", Token))!.GetString(OwnWrite.Marker));
    }

    [Fact]
    public async Task What_breaks_a_limit_is_refused_with_its_index()
    {
        var table = await TableAsync();
        async Task<string> RefusedAsync(IEnumerable<TableEntity> rows) => (await Assert.ThrowsAsync<ArgumentException>(
            () =>
                table.SubmitAsync(
                    [.. rows.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row))], Token))).Message;

        Assert.Contains("no actions", await RefusedAsync([]), StringComparison.Ordinal);
        Assert.Contains(
            "action 100 ", await RefusedAsync(Enumerable.Range(0, 101).Select(n => New("p", $"{n}", n))), StringComparison.Ordinal);
        Assert.Contains(
            "action 1 is in partition 'other'", await RefusedAsync([New("p", "a", 1), New("other", "b", 1)]), StringComparison.Ordinal);
        Assert.Contains(
            "action 2 writes the row of action 0 again", await RefusedAsync([New("p", "a", 1), New("p", "b", 1), New("p", "a", 1)]),
            StringComparison.Ordinal);
        Assert.Contains("action 1 cannot be written", await RefusedAsync([New("p", "a", 1), New("p", "b/c", 1)]), StringComparison.Ordinal);
        Assert.Empty(await table.QueryAsync(new RowQuery(KeyRange.Whole("p")), Token).ToListAsync());
    }

    private static async Task<(StorageFailureKind, int)> FailureAsync(Func<Task> call)
    {
        var failure = await Assert.ThrowsAsync<StorageFailureException>(call);
        return (failure.Kind, failure.Status);
    }

    private static async Task<List<string>> KeysAsync(ITable table, RowQuery query) =>
        [.. (await table.QueryAsync(query, Token).ToListAsync()).Select(row => row.RowKey)];

    private async Task<ITable> TableAsync() => (await _source.CreateAsync(Token)).Tables.Open(TableNames.Links);

    private static TableEntity New(string partition, string rowKey, int number) => new(partition, rowKey) { ["N"] = number };

    private static TableEntity Marked(string rowKey, string marker) => new("p", rowKey) { [OwnWrite.Marker] = marker };
}
