using LinkMonitor.Failures;
using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Failures;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Telemetry;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;
using LinkMonitor.Testing.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace LinkMonitor.Tests.Failures;

/// <summary>Noting is cheap, bounded, and in nobody's way.</summary>
public sealed class SetAsideListTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly Mock<ISetAsideStore> _store = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private SetAsideList Notes(ISetAsideStore? store = null) =>
        new(store ?? _store.Object, new ProductMeter(new Measured()), _clock, NullLogger<SetAsideList>.Instance);

    [Fact]
    public async Task A_row_that_is_read_every_minute_is_written_once_an_hour()
    {
        var notes = Notes();

        for (var minute = 0; minute < 120; minute++, _clock.Advance(TimeSpan.FromMinutes(1)))
            await notes.NoteAsync(Note("a"), Stop);

        _store.Verify(store => store.PutAsync(Note("a"), It.IsAny<DateTimeOffset>(), It.IsAny<CancellationToken>()), Times.Exactly(2));
    }

    [Fact]
    public async Task A_whole_table_is_listed_bit_by_bit()
    {
        var notes = Notes();

        for (var row = 0; row < 1_000; row++)
            await notes.NoteAsync(Note($"{row}"), Stop);

        _store.Verify(
            store => store.PutAsync(It.IsAny<SetAsideNote>(), It.IsAny<DateTimeOffset>(), It.IsAny<CancellationToken>()),
            Times.Exactly(SetAsideList.MaxNotesPerMinute));
    }

    [Fact]
    public async Task Storage_that_fails_is_tried_again_later_and_stops_nobody()
    {
        _store.Setup(store => store.PutAsync(It.IsAny<SetAsideNote>(), It.IsAny<DateTimeOffset>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new StorageFailureException());
        var notes = Notes();

        await notes.NoteAsync(Note("a"), Stop);
        await notes.NoteAsync(Note("b"), Stop);
        _store.Verify(
            store => store.PutAsync(It.IsAny<SetAsideNote>(), It.IsAny<DateTimeOffset>(), It.IsAny<CancellationToken>()), Times.Once());
        _clock.Advance(SetAsideList.Rest);
        await notes.NoteAsync(Note("a"), Stop);

        _store.Verify(store => store.PutAsync(Note("a"), It.IsAny<DateTimeOffset>(), It.IsAny<CancellationToken>()), Times.Exactly(2));
    }

    [Fact]
    public async Task Storage_that_hangs_holds_a_reader_up_for_seconds_and_the_next_not_at_all()
    {
        _store.Setup(store => store.PutAsync(It.IsAny<SetAsideNote>(), It.IsAny<DateTimeOffset>(), It.IsAny<CancellationToken>()))
            .Returns(new TaskCompletionSource().Task);
        var notes = Notes();

        var first = notes.NoteAsync(Note("a"), Stop);
        await _clock.WaitForTimersAsync(1, Stop);
        _clock.Advance(SetAsideList.Patience);

        await first;
        await notes.NoteAsync(Note("b"), Stop);
    }

    [Fact]
    public async Task What_another_process_listed_is_taken_off_when_it_was_mended()
    {
        var storage = await MemoryStorage.Source.CreateAsync(Stop);
        var keys = storage.Tables.Open(TableNames.Keys);
        await storage.Keys.AddAsync(StorageSamples.Key("aaaaaaaaaaaa", null), Stop);
        var whole = Assert.Single(await storage.RowsAsync(TableNames.Keys, null, Stop));
        await keys.PutAsync(RowDamage.Of(whole, RowDamage.MissingColumn)!, Stop);
        await Assert.ThrowsAsync<UnreadableRowException>(() => storage.Keys.FindAsync("aaaaaaaaaaaa", Stop));
        await Notes(storage.SetAside).NoteAsync(Assert.Single(storage.Aside.Notes), Stop);
        var other = Notes(storage.SetAside);

        await other.ReviewAsync(Stop);
        Assert.Single(await ListedAsync(storage));
        await keys.PutAsync(whole, Stop);
        await other.ReviewAsync(Stop);

        Assert.Empty(await ListedAsync(storage));
    }

    [Fact]
    public async Task What_is_read_again_is_taken_off_and_the_first_time_stays_until_then()
    {
        var storage = await MemoryStorage.Source.CreateAsync(Stop);
        var notes = Notes(storage.SetAside);
        var since = _clock.GetUtcNow();
        await notes.NoteAsync(Note("a"), Stop);
        _clock.Advance(SetAsideList.NoteEvery);
        await notes.NoteAsync(Note("a"), Stop);

        Assert.Equal(
            (since, _clock.GetUtcNow()), (Assert.Single(await ListedAsync(storage)).Since, (await ListedAsync(storage))[0].LastAt));
        await notes.ClearAsync(Note("a").Name, Stop);

        Assert.Empty(await ListedAsync(storage));
    }

    private static async Task<IReadOnlyList<SetAsideEntry>> ListedAsync(TestStorage storage) =>
        (await storage.SetAside.ListAsync(10, null, Stop)).Items;

    private static SetAsideNote Note(string key) => new()
    {
        Name = new SetAsideName(TableNames.Links, "prj_a", key),
        Problem = "Broken.",
        Advice = "Repair or delete the row.",
        Version = "1",
    };
}
