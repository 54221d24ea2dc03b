using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Testing.Storage.Contracts;

public abstract class FailureStoreContract
{
    private readonly IStorageSource _source;

    private protected FailureStoreContract(IStorageSource source) => _source = source;

    private const string Queue = "page-checks";
    private static readonly DateTimeOffset Noon = StorageSamples.Noon;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_failed_message_is_kept_with_its_last_error()
    {
        var storage = await _source.CreateAsync(Token);
        await storage.Failures.NoteAttemptAsync(Queue, "{}", "first", Noon.AddMinutes(-2), Token);
        await storage.Failures.NoteAttemptAsync(Queue, "{}", "It's \"last\"", Noon.AddMinutes(-1), Token);

        var kept = await storage.Failures.RecordAsync(Queue, "{}", Noon, Token);

        Assert.Equal((Queue, "{}", "It's \"last\"", Noon), (kept.Queue, kept.Text, kept.Error, kept.FailedAt));
        Assert.Equal(kept, await storage.Failures.GetAsync(Queue, kept.Id, Token));
    }

    [Fact]
    public async Task A_message_that_died_without_a_word_has_no_error()
    {
        var storage = await _source.CreateAsync(Token);

        var kept = await storage.Failures.RecordAsync(Queue, "{}", Noon, Token);

        Assert.Null(kept.Error);
    }

    [Fact]
    public async Task Recording_again_keeps_one_with_the_latest_error()
    {
        var storage = await _source.CreateAsync(Token);
        var first = await storage.Failures.RecordAsync(Queue, "{}", Noon, Token);
        await storage.Failures.NoteAttemptAsync(Queue, "{}", "later", Noon.AddHours(1), Token);

        var again = await storage.Failures.RecordAsync(Queue, "{}", Noon.AddHours(2), Token);

        Assert.Equal(first with { Error = "later" }, again);
        Assert.Equal(again, Assert.Single((await storage.Failures.ListAsync(Queue, 10, null, Token)).Items));
    }

    [Fact]
    public async Task Parallel_recordings_keep_one()
    {
        var storage = await _source.CreateAsync(Token);

        var kept = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(i => storage.Failures.RecordAsync(Queue, "{}", Noon.AddSeconds(i), Token)));

        Assert.Single(kept.Distinct());
        Assert.Single((await storage.Failures.ListAsync(Queue, 10, null, Token)).Items);
    }

    [Fact]
    public async Task A_crash_while_recording_is_made_good_by_recording_again()
    {
        var storage = await _source.CreateAsync(Token);
        var number = 0;

        var calls = await Crashes.AtEveryCallAsync(
            storage,
            () => Task.FromResult($"{{{number++}}}"),
            (died, text) => died.Failures.RecordAsync(Queue, text, Noon, Token),
            _ => Task.CompletedTask,
            async text => Assert.Single((await storage.Failures.ListAsync(Queue, 100, null, Token)).Items, kept => kept.Text == text));

        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task Lost_answers_keep_one()
    {
        var storage = await _source.CreateAsync(Token);
        var lossy = storage.Losing(out _);

        await lossy.Failures.NoteAttemptAsync(Queue, "{}", "why", Noon, Token);
        await lossy.Failures.RecordAsync(Queue, "{}", Noon, Token);

        Assert.Equal("why", Assert.Single((await storage.Failures.ListAsync(Queue, 10, null, Token)).Items).Error);
    }

    [Fact]
    public async Task A_forgotten_message_leaves_nothing_and_may_fail_anew()
    {
        var storage = await _source.CreateAsync(Token);
        await storage.Failures.NoteAttemptAsync(Queue, "{}", "old", Noon, Token);
        var kept = await storage.Failures.RecordAsync(Queue, "{}", Noon, Token);

        var first = await storage.Failures.RemoveAsync(Queue, kept.Id, Token);
        var rows = await storage.RowsAsync(TableNames.Failures, Queue, Token);
        var second = await storage.Failures.RemoveAsync(Queue, kept.Id, Token);
        var anew = await storage.Failures.RecordAsync(Queue, "{}", Noon.AddDays(1), Token);

        Assert.Equal((true, false), (first, second));
        Assert.Empty(rows);
        Assert.Equal((null, Noon.AddDays(1)), (anew.Error, anew.FailedAt));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("2516070383999999999-iqjw7i2vwntyuekgvulpp2de/2")]
    public async Task What_is_not_there_is_not_found_and_not_removed(string id)
    {
        var storage = await _source.CreateAsync(Token);

        Assert.Null(await storage.Failures.GetAsync(Queue, id, Token));
        Assert.False(await storage.Failures.RemoveAsync(Queue, id, Token));
    }

    [Fact]
    public async Task The_newest_come_first_and_queues_are_apart()
    {
        var storage = await _source.CreateAsync(Token);
        for (var i = 0; i < 5; i++)
            await storage.Failures.RecordAsync(Queue, $"{i}", Noon.AddMinutes(i), Token);
        await storage.Failures.RecordAsync("alerts", "x", Noon, Token);

        var first = await storage.Failures.ListAsync(Queue, 3, null, Token);
        var rest = await storage.Failures.ListAsync(Queue, 3, first.Cursor, Token);

        Assert.Equal(["4", "3", "2", "1", "0"], first.Items.Concat(rest.Items).Select(kept => kept.Text));
        Assert.Null(rest.Cursor);
    }

    [Fact]
    public async Task The_longest_message_of_a_queue_is_kept_to_the_letter()
    {
        var storage = await _source.CreateAsync(Token);
        var text = new string('日', 16_384);

        var kept = await storage.Failures.RecordAsync(Queue, text, Noon, Token);

        Assert.Equal(text, (await storage.Failures.GetAsync(Queue, kept.Id, Token))!.Text);
    }
}
