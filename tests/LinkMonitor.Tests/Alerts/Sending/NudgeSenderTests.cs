using LinkMonitor.Alerts.Planning;
using LinkMonitor.Alerts.Sending;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Queues;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Tests.Alerts.Sending;

public sealed class NudgeSenderTests : IAsyncLifetime
{
    private static readonly ProjectId Project = new("prj_abcdefghij234567");

    private readonly ManualTimeProvider _clock = new();
    private TestStorage _storage = null!;
    private NudgeSender _nudges = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _storage = await MemoryStorage.Source.CreateAsync(Stop);
        await _storage.Queues.CreateAsync(Stop);
        _nudges = new NudgeSender(_storage.AlertWork, _storage.Queues, _storage.Aside, Options.Create(new AlertOptions()), _clock);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Many_changes_of_a_project_are_one_message()
    {
        for (var change = 0; change < 500; change++)
            await _nudges.NudgeAsync(Project, _clock.GetUtcNow().AddSeconds(30 + change), Stop);

        Assert.Equal(1, await MessagesAsync());
    }

    [Fact]
    public async Task Checks_of_a_project_share_a_message_whose_time_is_yet_to_come_and_read_nothing()
    {
        for (var check = 0; check < 20; check++)
        {
            await _nudges.NudgeForCheckAsync(Project, _clock.GetUtcNow().AddSeconds(30), Stop);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(1, await MessagesAsync());
        Assert.Null((await _storage.AlertWork.GetAsync(Project, Stop)).NudgeAt);

        // It may be taken from now on, and whoever takes it may have read before this was written.
        await _nudges.NudgeForCheckAsync(Project, _clock.GetUtcNow().AddSeconds(30), Stop);
        Assert.Equal(2, await MessagesAsync());

        // It would come too late for what is wanted sooner.
        await _nudges.NudgeForCheckAsync(Project, _clock.GetUtcNow().AddSeconds(5), Stop);
        Assert.Equal(3, await MessagesAsync());
    }

    [Fact]
    public async Task A_message_that_comes_too_late_does_not_stand_for_one_that_is_wanted_sooner()
    {
        await _nudges.NudgeAsync(Project, _clock.GetUtcNow().AddHours(1), Stop);
        await _nudges.NudgeAsync(Project, _clock.GetUtcNow().AddSeconds(30), Stop);
        await _nudges.NudgeAsync(Project, _clock.GetUtcNow().AddHours(1), Stop);

        Assert.Equal(2, await MessagesAsync());
    }

    [Fact]
    public async Task A_message_that_comes_a_little_before_its_time_keeps_none_back_afterwards()
    {
        await _nudges.NudgeAsync(Project, _clock.GetUtcNow().AddSeconds(30), Stop);
        _clock.Advance(TimeSpan.FromSeconds(29));
        var taken = await _nudges.TakeAsync(Project, Stop);

        await _nudges.NudgeAsync(Project, _clock.GetUtcNow().AddSeconds(5), Stop);

        Assert.Null(taken!.NudgeAt);
        Assert.Equal(2, await MessagesAsync());
    }

    [Fact]
    public async Task A_message_that_was_lost_is_sent_again()
    {
        await _nudges.NudgeAsync(Project, _clock.GetUtcNow(), Stop);
        _clock.Advance(NudgeSender.LostAfter);

        await _nudges.NudgeAsync(Project, _clock.GetUtcNow(), Stop);

        Assert.Equal(2, await MessagesAsync());
    }

    [Fact]
    public async Task One_worker_at_a_time_has_a_project_and_whoever_comes_meanwhile_comes_again_once()
    {
        var taken = await _nudges.TakeAsync(Project, Stop);
        Assert.NotNull(taken);

        for (var other = 0; other < 16; other++)
            Assert.Null(await _nudges.TakeAsync(Project, Stop));

        Assert.Equal(1, await MessagesAsync());
        await _nudges.GiveBackAsync(taken, Stop);
        Assert.NotNull(await _nudges.TakeAsync(Project, Stop));
    }

    [Fact]
    public async Task What_happens_while_a_worker_reads_gets_a_message_of_its_own()
    {
        await _nudges.NudgeAsync(Project, _clock.GetUtcNow(), Stop);
        await _nudges.TakeAsync(Project, Stop);

        await _nudges.NudgeAsync(Project, _clock.GetUtcNow().AddSeconds(30), Stop);

        Assert.Equal(2, await MessagesAsync());
    }

    [Fact]
    public async Task A_worker_that_died_gives_its_project_back_in_time()
    {
        await _nudges.TakeAsync(Project, Stop);

        _clock.Advance(new AlertOptions().Lease);

        Assert.NotNull(await _nudges.TakeAsync(Project, Stop));
    }

    [Fact]
    public async Task Who_lost_a_project_by_time_takes_nothing_from_its_next_worker()
    {
        var slow = await _nudges.TakeAsync(Project, Stop);
        _clock.Advance(new AlertOptions().Lease);
        await _nudges.TakeAsync(Project, Stop);

        await _nudges.GiveBackAsync(slow!, Stop);

        Assert.Null(await _nudges.TakeAsync(Project, Stop));
    }

    [Fact]
    public async Task Workers_that_race_for_a_project_get_it_once()
    {
        var takes = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => _nudges.TakeAsync(Project, Stop)));

        Assert.Single(takes, taken => taken is not null);
    }

    private Task<int> MessagesAsync() => _storage.CountAsync(QueueNames.Alerts, Stop);
}
