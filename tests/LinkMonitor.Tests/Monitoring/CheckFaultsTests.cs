using LinkMonitor.Alerts.Planning;
using LinkMonitor.Alerts.Sending;
using LinkMonitor.Monitoring;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Writing;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Tests.Monitoring;

public sealed class CheckFaultsTests : IAsyncLifetime
{
    private const string Url = "https://blog.example.net/post";
    private static readonly PageKey Page = new("07", "pg_a");

    private readonly ManualTimeProvider _clock = new();
    private readonly RecordedSetAside _aside = new();
    private TestStorage _storage = null!;
    private CheckFaults _faults = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _storage = await MemoryStorage.Source.CreateAsync(Stop);
        await _storage.Queues.CreateAsync(Stop);
        var options = Options.Create(new AlertOptions());
        var nudges = new NudgeSender(_storage.AlertWork, _storage.Queues, _aside, options, _clock);
        var notices = new OperatorNotices(
            _storage.Alerts, _storage.AlertPlans, nudges, options, _clock, NullLogger<OperatorNotices>.Instance);
        _faults = new CheckFaults(_aside, notices, _clock, NullLogger<CheckFaults>.Instance);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_page_is_listed_until_a_round_of_it_goes_well()
    {
        await _faults.NoteAsync(Page, Url, new InvalidOperationException("It broke."), Stop);
        await _faults.EndRoundAsync(Page, isChecked: true, Stop);
        Assert.Contains("It broke.", Assert.Single(_aside.Notes).Problem, StringComparison.Ordinal);

        await _faults.EndRoundAsync(Page, isChecked: false, Stop);
        Assert.Single(_aside.Notes);
        await _faults.EndRoundAsync(Page, isChecked: true, Stop);

        Assert.Empty(_aside.Notes);
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_is_listed_itself_and_not_again_as_its_page()
    {
        await _faults.NoteAsync(Page, Url, new UnreadableRowException("damaged"), Stop);

        Assert.Empty(_aside.Notes);
        Assert.Single(await NoticesAsync());
    }

    [Fact]
    public async Task The_operator_is_told_once_a_day_of_each_kind_of_fault()
    {
        for (var page = 0; page < 5; page++)
        {
            await _faults.NoteAsync(new PageKey("07", $"pg_{page}"), Url, new InvalidOperationException("It broke."), Stop);
            await _faults.NoteAsync(new PageKey("07", $"pg_{page}"), Url, new FormatException("It broke."), Stop);
        }

        Assert.Equal(2, (await NoticesAsync()).Count);
        _clock.Advance(TimeSpan.FromDays(1));
        await _faults.NoteAsync(Page, Url, new FormatException("It broke."), Stop);

        Assert.Equal(3, (await NoticesAsync()).Count);
    }

    [Fact]
    public void Storage_that_fails_and_a_stop_are_no_faults_of_ours()
    {
        Assert.False(CheckFaults.IsOurs(new StorageFailureException("It fails.")));
        Assert.False(CheckFaults.IsOurs(new ContentionException("Others write it.")));
        Assert.False(CheckFaults.IsOurs(new OperationCanceledException()));
        Assert.False(CheckFaults.IsOurs(new StoppedException()));
        Assert.True(CheckFaults.IsOurs(new InvalidOperationException()));
        Assert.True(CheckFaults.IsOurs(new UnreadableRowException("damaged")));
    }

    private async Task<IReadOnlyList<Alert>> NoticesAsync() => (await _storage.Alerts.ReadOpenAsync(Alert.OperatorPartition, Stop)).Items;
}
