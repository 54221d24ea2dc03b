using Azure;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.IntegrationTests.Tables;

public sealed class TransactionTests(AzuriteFixture azurite) : TableTest(azurite)
{
    private const TableTransactionActionType Add = TableTransactionActionType.Add;

    [Fact]
    public async Task Every_kind_of_action_is_done_and_answers_with_the_new_etag()
    {
        foreach (var row in new[] { "merge", "replace", "delete", "upsert-merge", "upsert-replace" })
            await Table.AddEntityAsync(new TableEntity("p", row) { ["Old"] = 1 }, Stop);
        var etag = (await Table.GetEntityAsync("p", "merge", null, Stop)).Value.ETag;

        var answers = (await Table.SubmitTransactionAsync(
            [
                new(Add, New("add")),
                new(TableTransactionActionType.UpdateMerge, New("merge"), etag),
                new(TableTransactionActionType.UpdateReplace, New("replace"), ETag.All),
                new(TableTransactionActionType.Delete, new TableEntity("p", "delete")),
                new(TableTransactionActionType.UpsertMerge, New("upsert-merge")),
                new(TableTransactionActionType.UpsertReplace, New("upsert-replace")),
            ],
            Stop)).Value;

        var stored = (await ListAsync(Table.QueryAsync(null, null, null, Stop))).ToDictionary(entity => entity.RowKey);
        Assert.All(answers, answer => Assert.Equal(204, answer.Status));
        Assert.Equal(["add", "merge", "replace", "upsert-merge", "upsert-replace"], stored.Keys.Order());
        Assert.All(stored.Values, entity => Assert.Equal(2, entity.GetInt32("New")));
        Assert.Equal(["merge", "upsert-merge"], stored.Values.Where(entity => entity.ContainsKey("Old")).Select(entity => entity.RowKey).Order());
        Assert.Equal(stored["add"].ETag, answers[0].Headers.ETag);
        Assert.Equal(stored["upsert-replace"].ETag, answers[5].Headers.ETag);
    }

    [Fact]
    public async Task A_conflict_names_its_action_and_nothing_is_written()
    {
        await Table.AddEntityAsync(new TableEntity("p", "there") { ["Old"] = 1 }, Stop);
        await Table.AddEntityAsync(new TableEntity("p", "changed") { ["Old"] = 1 }, Stop);

        var failure = await Assert.ThrowsAsync<TableTransactionFailedException>(() => Table.SubmitTransactionAsync(
            [
                new(Add, New("first")), new(TableTransactionActionType.UpsertReplace, New("changed")), new(Add, New("there")),
                new(Add, New("last")),
            ],
            Stop));

        var stored = await ListAsync(Table.QueryAsync(null, null, null, Stop));
        Assert.Equal((2, 409, TableErrorCode.EntityAlreadyExists), (failure.FailedTransactionActionIndex, failure.Status, failure.ErrorCode));
        Assert.Equal(["changed", "there"], stored.Select(entity => entity.RowKey));
        Assert.All(stored, entity => Assert.Equal((1, false), (entity.GetInt32("Old"), entity.ContainsKey("New"))));
    }

    [Fact]
    public async Task An_old_etag_is_412_with_the_index()
    {
        await Table.AddEntityAsync(new TableEntity("p", "r") { ["Old"] = 1 }, Stop);

        var failure = await Assert.ThrowsAsync<TableTransactionFailedException>(() => Table.SubmitTransactionAsync(
            [
                new(Add, New("new")),
                new(TableTransactionActionType.UpdateReplace, New("r"), new ETag("W/\"datetime'2020-01-01T00%3A00%3A00.0000000Z'\"")),
            ],
            Stop));

        Assert.Equal((1, 412, TableErrorCode.UpdateConditionNotSatisfied), (failure.FailedTransactionActionIndex, failure.Status, failure.ErrorCode));
        Assert.False((await Table.GetEntityIfExistsAsync("p", "new", null, Stop)).HasValue);
    }

    [Fact]
    public async Task A_hundred_actions_on_odd_keys_and_texts_are_one_transaction()
    {
        const string Partition = "it's 100% 東京";
        const string Text = "} {\r\n\r\n--changesetresponse\u2028 ü";
        var rows = Enumerable.Range(0, 100).Select(n => $"'{n}' %25 🔗 {{x}} http:||a.example HTTP|1.1 POST").ToList();

        await Table.SubmitTransactionAsync(
            rows.Select(row => new TableTransactionAction(Add, new TableEntity(Partition, row) { ["Text"] = Text })), Stop);
        await Table.SubmitTransactionAsync(
            rows.Select(row => new TableTransactionAction(
                TableTransactionActionType.UpdateMerge, new TableEntity(Partition, row) { ["N"] = 1L }, ETag.All)),
            Stop);

        var stored = await ListAsync(Table.QueryAsync(TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), null, null, Stop));
        Assert.Equal(rows.Order(StringComparer.Ordinal), stored.Select(entity => entity.RowKey).Order(StringComparer.Ordinal));
        Assert.All(stored, entity => Assert.Equal((Text, 1L), (entity.GetString("Text"), entity.GetInt64("N"))));
    }

    [Fact]
    public async Task What_breaks_a_limit_is_never_sent()
    {
        await using var proxy = await StorageProxy.StartAsync(Azurite.TableEndpoint, null, Stop);
        var table = Through(proxy);
        var large = new string('x', 30_000);
        var wide = Enumerable.Range(0, 10).ToDictionary(n => $"P{n}", object? (_) => large);

        var empty = await RefusedAsync(table, []);
        var many = await RefusedAsync(table, Enumerable.Range(0, 101).Select(n => New($"{n}")));
        var mixed = await RefusedAsync(table, [New("a"), New("b"), new TableEntity("other", "c")]);
        var twice = await RefusedAsync(table, [New("a"), New("b"), New("a")]);
        var key = await RefusedAsync(table, [New("a"), New("b/c")]);
        var type = await RefusedAsync(table, [New("a"), new TableEntity("p", "b") { ["When"] = 1.5m }]);
        var size = await RefusedAsync(table, Enumerable.Range(0, 20).Select(n => Fill(New($"{n}"), wide)));

        Assert.Contains("no actions", empty, StringComparison.Ordinal);
        Assert.Contains("action 100 ", many, StringComparison.Ordinal);
        Assert.Contains("action 2 is in partition 'other'", mixed, StringComparison.Ordinal);
        Assert.Contains("action 2 writes the entity of action 0 again", twice, StringComparison.Ordinal);
        Assert.Contains("U+002F", key, StringComparison.Ordinal);
        Assert.Contains("action 1 cannot be written", type, StringComparison.Ordinal);
        Assert.Contains("with action 13 it exceeds", size, StringComparison.Ordinal);
        Assert.Empty(proxy.Requests);
    }

    private static async Task<string> RefusedAsync(TableClient table, IEnumerable<TableEntity> entities) =>
        (await Assert.ThrowsAsync<ArgumentException>(
            () => table.SubmitTransactionAsync(entities.Select(entity => new TableTransactionAction(Add, entity)), Stop))).Message;

    private static TableEntity New(string row) => new("p", row) { ["New"] = 2 };

    private static TableEntity Fill(TableEntity entity, Dictionary<string, object?> properties)
    {
        foreach (var (name, value) in properties)
            entity[name] = value;
        return entity;
    }
}
