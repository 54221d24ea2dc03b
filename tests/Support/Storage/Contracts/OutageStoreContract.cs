using LinkMonitor.Storage.Outages;

namespace LinkMonitor.Testing.Storage.Contracts;

public abstract class OutageStoreContract
{
    private readonly IStorageSource _source;

    private protected OutageStoreContract(IStorageSource source) => _source = source;

    private static readonly DateTimeOffset Noon = StorageSamples.Noon;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Notes_that_follow_each_other_are_one_outage()
    {
        var storage = await _source.CreateAsync(Token);
        var first = await storage.Outages.NoteAsync(Note(Noon, 3), Hour, Token);

        var later = await storage.Outages.NoteAsync(Note(Noon.AddMinutes(60), 4) with { Kind = OutageKind.MostFail }, Hour, Token);

        Assert.Equal(first with { LastAt = Noon.AddMinutes(60), Checks = 7 }, later);
        Assert.Equal(later, await storage.Outages.GetLatestAsync(Token));
    }

    [Fact]
    public async Task A_late_note_of_an_earlier_failure_moves_nothing_back()
    {
        var storage = await _source.CreateAsync(Token);
        await storage.Outages.NoteAsync(Note(Noon, 1), Hour, Token);

        Assert.Equal(Noon, (await storage.Outages.NoteAsync(Note(Noon.AddMinutes(-5), 1), Hour, Token)).LastAt);
    }

    [Fact]
    public async Task A_failure_after_a_quiet_time_is_a_new_outage()
    {
        var storage = await _source.CreateAsync(Token);
        var first = await storage.Outages.NoteAsync(Note(Noon, 3), Hour, Token);

        var second = await storage.Outages.NoteAsync(Note(Noon.AddMinutes(61), 1), Hour, Token);

        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal((Noon.AddMinutes(61), 1L), (second.Since, second.Checks));
    }

    [Fact]
    public async Task A_note_whose_answer_was_lost_counts_once()
    {
        var storage = await _source.CreateAsync(Token);
        var lossy = storage.Losing(out _);
        await lossy.Outages.NoteAsync(Note(Noon, 3), Hour, Token);
        await lossy.Outages.NoteAsync(Note(Noon.AddMinutes(1), 4), Hour, Token);

        Assert.Equal(7, (await storage.Outages.GetLatestAsync(Token))!.Checks);
    }

    [Fact]
    public async Task Workers_that_note_at_once_lose_nothing()
    {
        var storage = await _source.CreateAsync(Token);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => storage.Outages.NoteAsync(Note(Noon, 1), Hour, Token)));

        Assert.Equal(4, (await storage.Outages.GetLatestAsync(Token))!.Checks);
    }

    private static OutageNote Note(DateTimeOffset at, int checks) => new(OutageKind.ControlsFail, checks, at);
}
