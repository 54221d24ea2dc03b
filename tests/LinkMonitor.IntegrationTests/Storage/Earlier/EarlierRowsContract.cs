using Azure.Data.Tables;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Hosts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Queues;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;
using LinkMonitor.Testing.Storage;

namespace LinkMonitor.IntegrationTests.Storage.Earlier;

/// <summary>Everything that the version before wrote is read by this one, and nothing of it is lost when it is written again.</summary>
public abstract class EarlierRowsContract
{
    private const int All = 1_000;

    private readonly EarlierStorage _earlier = EarlierStorage.Read();
    private readonly IStorageSource _source;

    private protected EarlierRowsContract(IStorageSource source) => _source = source;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_row_of_links_is_read()
    {
        var storage = await LoadAsync();
        var (links, changes, history, outbox, templates) = (0, 0, 0, 0, 0);
        foreach (var project in (await storage.Projects.ListAsync(1_000, null, Token)).Items)
        {
            var listed = (await storage.Links.ListAsync(project.Id, LinkFilter.None, All, null, Token)).Items;
            links += listed.Count;
            changes += (await storage.Links.ListChangesAsync(project.Id, null, All, null, Token)).Items.Count;
            foreach (var link in listed)
                Assert.Equal(link.Id, (await storage.Links.GetAsync(project.Id, link.Id, Token))!.Id);
            foreach (var id in HistoryOf(project.Id))
                history += (await storage.Links.ListProofsAsync(project.Id, id, All, null, Token)).Items.Count;
            outbox += (await storage.Links.ReadOutboxAsync(project.Id, Token).ToListAsync()).Count;
            templates += (await storage.Templates.ListAsync(project.Id, Token).ToListAsync()).Count;
        }

        Assert.Equal(
            Count(TableNames.Links, "link:", "change:", "history:", "outbox:", "outreach:"),
            (int[])[links, changes, history, outbox, templates]);
        Assert.Equal(_earlier.Tables[TableNames.Links].Count, links + changes + history + outbox + templates);
    }

    [Fact]
    public async Task Every_row_of_pages_is_read()
    {
        var storage = await LoadAsync();
        var (pages, due, watchers) = (0, 0, 0);
        foreach (var row in _earlier.RowsOf(TableNames.Pages, "page:"))
        {
            var key = new PageKey(row.PartitionKey, row.RowKey["page:".Length..]);
            Assert.Equal(key, PageRowKeys.For((await storage.Pages.GetAsync(key, Token))!.Url));
            pages++;
            watchers += (await storage.Pages.ReadWatchersAsync(key, Token).ToListAsync()).Count;
        }

        foreach (var shard in HostRowKeys.Shards)
            await foreach (var entry in storage.Hosts.ReadScheduleAsync(shard, DateTimeOffset.MaxValue.AddDays(-1), Token))
                due += entry.EarlierPageId is null ? 0 : 1;

        Assert.Equal(Count(TableNames.Pages, "page:", "due:", "watch:"), (int[])[pages, due, watchers]);
        Assert.Equal(_earlier.Tables[TableNames.Pages].Count, pages + due + watchers);
    }

    [Fact]
    public async Task Every_row_of_alerts_is_read()
    {
        var storage = await LoadAsync();
        var (open, closed, keys, unstable, reminded, looks, plans) = (0, 0, 0, 0, 0, 0, 0);
        foreach (var project in Partitions())
        {
            var alerts = (await storage.Alerts.ReadOpenAsync(project, Token)).Items;
            open += alerts.Count;
            var done = (await storage.Alerts.ListAsync(project, All, null, Token)).Items;
            closed += done.Count;
            foreach (var alert in alerts.Concat(done))
            {
                Assert.Equal(alert.Id, (await storage.Alerts.GetAsync(project, alert.Id, Token))!.Id);
                Assert.Equal(alert.ChangeCount, (await storage.Alerts.GetChangeKeysAsync(alert, Token)).Count);
                keys++;
            }

            unstable += (await storage.AlertPlans.ReadUnstableAsync(project, Token)).Items.Count;
            looks += (await storage.AlertPlans.ReadTermChecksAsync(project, Token).ToListAsync()).Count;
            plans += (await storage.AlertPlans.GetAsync(project, Token)).ETag is null ? 0 : 1;
            foreach (var row in _earlier.RowsOf(TableNames.Alerts, "reminded:").Where(row => row.PartitionKey == project.Value))
                reminded += await storage.AlertPlans.GetRemindedAsync(project, new LinkId(row.RowKey["reminded:".Length..]), Token) is null
                    ? 0 : 1;
        }

        var pending = (await storage.Alerts.ReadPendingAsync(Token).ToListAsync()).Count;
        var wakes = (await storage.Alerts.ReadWakesAsync(DateTimeOffset.MaxValue.AddDays(-1), Token).ToListAsync()).Count;
        Assert.Equal(
            Count(TableNames.Alerts, "open:", "closed:", "changes:", "unstable:", "reminded:", "terms:", "plan"),
            (int[])[open, closed, keys, unstable, reminded, looks, plans]);
        Assert.Equal(
            _earlier.Tables[TableNames.Alerts].Count, open + closed + keys + unstable + reminded + looks + plans + pending + wakes);
    }

    [Fact]
    public async Task Every_other_row_is_read()
    {
        var storage = await LoadAsync();
        var channels = 0;
        foreach (var project in (await storage.Projects.ListAsync(1_000, null, Token)).Items)
            foreach (var row in _earlier.Tables[TableNames.Channels].Where(row => row.PartitionKey == project.Id.Value))
                channels += await storage.Channels.FindAsync(project.Id, new(row.RowKey["channel:".Length..]), Token) is null ? 0 : 1;
        var failures = 0;
        foreach (var queue in QueueNames.All)
            foreach (var failure in (await storage.Failures.ListAsync(queue, All, null, Token)).Items)
            {
                Assert.Equal(failure, await storage.Failures.RecordAsync(queue, failure.Text, failure.FailedAt.AddDays(1), Token));
                failures++;
            }

        var signing = Assert.Single(_earlier.RowsOf(TableNames.Keys, "public-addresses"));
        Assert.Equal(_earlier.Tables[TableNames.Projects].Count, (await storage.Projects.ListAsync(1_000, null, Token)).Items.Count);
        Assert.Equal(_earlier.Tables[TableNames.Channels].Count, channels);
        Assert.Equal(_earlier.Tables[TableNames.Keys].Count - 1, ((await storage.Keys.ListAsync(Token)).Items).Count);
        Assert.Equal(signing.GetString("secret"), Convert.ToBase64String((await storage.SigningKeys.GetAsync(Token)).Secret.Span));
        Assert.Equal(_earlier.RowsOf(TableNames.Failures, "failed:").Count, failures);
        Assert.Equal(
            _earlier.RowsOf(TableNames.Failures, "latest").Single().GetInt64("checks"),
            (await storage.Outages.GetLatestAsync(Token))!.Checks);
    }

    [Fact]
    public void Every_message_is_read()
    {
        var (checks, nudges) =
            (_earlier.Queues[QueueNames.PageChecks].Select(Text).ToList(), _earlier.Queues[QueueNames.Alerts].Select(Text).ToList());

        Assert.NotEmpty(checks);
        Assert.NotEmpty(nudges);
        Assert.All(checks, text => Assert.Contains(QueueMessages.FindPageCheck(text)!.Shard, HostRowKeys.Shards));
        Assert.All(nudges, text => Assert.Contains(new ProjectId(QueueMessages.ReadAlertNudge(text).ProjectId), Partitions()));
    }

    [Fact]
    public async Task What_is_read_and_written_again_says_the_same()
    {
        var storage = await LoadAsync();
        foreach (var project in (await storage.Projects.ListAsync(1_000, null, Token)).Items)
        {
            foreach (var link in (await storage.Links.ListAsync(project.Id, LinkFilter.None, All, null, Token)).Items)
                Assert.Equal(SaveOutcome.Saved, await storage.Links.SaveAsync(link, Token));
            foreach (var row in _earlier.Tables[TableNames.Channels].Where(row => row.PartitionKey == project.Id.Value))
                Assert.Equal(
                    SaveOutcome.Saved,
                    await storage.Channels.SaveAsync(
                        (await storage.Channels.FindAsync(project.Id, new(row.RowKey["channel:".Length..]), Token))!, Token));
            foreach (var alert in (await storage.Alerts.ReadOpenAsync(project.Id, Token)).Items)
                Assert.NotNull(await storage.Alerts.TrySaveAsync(alert, Token));
            Assert.Equal(SaveOutcome.Saved, await storage.Projects.SaveAsync(project, Token));
        }

        foreach (var row in _earlier.RowsOf(TableNames.Pages, "page:"))
        {
            var page = (await storage.Pages.GetAsync(new PageKey(row.PartitionKey, row.RowKey["page:".Length..]), Token))!;
            Assert.Equal(SaveOutcome.Saved, await storage.Pages.MoveDueAsync(page, page.DueAt, null, Token));
        }

        foreach (var (table, rows) in _earlier.Tables)
        {
            var stored = (await storage.RowsAsync(table, null, Token)).ToDictionary(row => (row.PartitionKey, row.RowKey));
            foreach (var row in rows.Where(row => !row.RowKey.StartsWith("due:", StringComparison.Ordinal)))
                AssertKept(row, stored[(row.PartitionKey, row.RowKey)]);
        }
    }

    // A page's place in the schedule moves into the list of its host. A later version may add columns; what was there stays, with its type.
    // JSON is compared as text: this program orders it as it always did.
    private static void AssertKept(TableEntity before, TableEntity after)
    {
        foreach (var (column, value) in before)
            if (column is not (OwnWrite.Marker or "Timestamp" or "odata.etag" or "dueKey"))
                Assert.True(Equals(value, after, column), $"{before.RowKey}: {column} was {value} and is {after[column]}.");
    }

    private static bool Equals(object? value, TableEntity after, string column) => value is byte[] bytes
        ? after.GetBinary(column)?.AsSpan().SequenceEqual(bytes) == true
        : object.Equals(value, after[column]);

    private static string Text(string raw) => QueueText.Decode(raw)!;

    private int[] Count(string table, params string[] prefixes) => [.. prefixes.Select(prefix => _earlier.RowsOf(table, prefix).Count)];

    private IEnumerable<LinkId> HistoryOf(ProjectId project) => _earlier.RowsOf(TableNames.Links, "history:")
        .Where(row => row.PartitionKey == project.Value).Select(row => new LinkId(row.RowKey.Split(':')[1])).Distinct();

    private IReadOnlyList<ProjectId> Partitions() =>
        [.. _earlier.Tables[TableNames.Projects].Select(row => new ProjectId(row.RowKey)), Alert.OperatorPartition];

    private async Task<TestStorage> LoadAsync()
    {
        var storage = await _source.CreateAsync(Token);
        await _earlier.LoadAsync(storage.Tables, storage.Messages, Token);
        return storage;
    }
}
