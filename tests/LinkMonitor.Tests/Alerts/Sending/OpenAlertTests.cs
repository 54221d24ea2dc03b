using LinkMonitor.Alerts.Sending;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Testing;
using Moq;

namespace LinkMonitor.Tests.Alerts.Sending;

public sealed class OpenAlertTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    private readonly ManualTimeProvider _clock = new();
    private readonly Mock<IAlertStore> _store = new(MockBehavior.Strict);
    private readonly List<Alert> _saved = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_of_many_lanes_are_stored_each_over_the_last()
    {
        const int copies = 20;
        Accept();
        using var open = new OpenAlert(_store.Object, Leased(copies), _clock);

        await Task.WhenAll(
            Enumerable.Range(0, copies).Select(
                index => Task.Run(() => open.RecordAsync(index, Sent(open, index), subject: null, Lease, Stop), Stop)));

        Assert.All(open.Current.Deliveries, delivery => Assert.Equal(DeliveryState.Sent, delivery.State));
        Assert.Equal(Enumerable.Range(0, copies).Select(version => $"{version}"), _saved.Select(alert => alert.ETag));
        Assert.All(_saved, alert => Assert.Equal(_clock.GetUtcNow() + Lease, alert.LeasedUntil));
    }

    [Fact]
    public async Task Who_has_lost_the_alert_writes_nothing_over_its_next_worker()
    {
        _store.Setup(store => store.TrySaveAsync(It.IsAny<Alert>(), It.IsAny<CancellationToken>())).ReturnsAsync((Alert?)null);
        using var open = new OpenAlert(_store.Object, Leased(2), _clock);

        await open.RecordAsync(0, Sent(open, 0), subject: null, Lease, Stop);
        await open.RecordAsync(1, Sent(open, 1), subject: null, Lease, Stop);

        Assert.True(open.IsLost);
        Assert.Null(await open.EndAsync(Stop));
        Assert.All(open.Current.Deliveries, delivery => Assert.Equal(DeliveryState.Waiting, delivery.State));
        _store.Verify(store => store.TrySaveAsync(It.IsAny<Alert>(), It.IsAny<CancellationToken>()), Times.Once());
    }

    [Fact]
    public async Task A_storage_that_fails_once_leaves_the_turn_to_the_next_answer()
    {
        _store.SetupSequence(store => store.TrySaveAsync(It.IsAny<Alert>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new StorageFailureException("It fails."))
            .ReturnsAsync(Leased(2) with { ETag = "1" });
        using var open = new OpenAlert(_store.Object, Leased(2), _clock);

        await Assert.ThrowsAsync<StorageFailureException>(() => open.RecordAsync(0, Sent(open, 0), subject: null, Lease, Stop));
        await open.RecordAsync(1, Sent(open, 1), subject: null, Lease, Stop).WaitAsync(TimeSpan.FromSeconds(20), Stop);

        Assert.False(open.IsLost);
        Assert.Equal("1", open.Current.ETag);
    }

    [Fact]
    public async Task The_lease_is_given_back_at_the_end()
    {
        Accept();
        using var open = new OpenAlert(_store.Object, Leased(1), _clock);

        var ended = await open.EndAsync(Stop);

        Assert.Equal(_clock.GetUtcNow(), ended!.LeasedUntil);
    }

    private void Accept() => _store.Setup(store => store.TrySaveAsync(It.IsAny<Alert>(), It.IsAny<CancellationToken>()))
        .Returns(async (Alert alert, CancellationToken _) =>
        {
            // A second one that does not wait its turn would come in here.
            await Task.Yield();
            _saved.Add(alert);
            return alert with { ETag = $"{_saved.Count}" };
        });

    private static Delivery Sent(OpenAlert open, int index) => open.Current.Deliveries[index] with { State = DeliveryState.Sent };

    private Alert Leased(int copies) => new()
    {
        Id = "alr_1",
        ProjectId = new ProjectId("prj_abcdefghij234567"),
        CreatedAt = _clock.GetUtcNow(),
        Subject = "Lost",
        Deliveries =
            [
                .. Enumerable.Range(0, copies)
                .Select(copy => new Delivery { Channel = ChannelKind.Email, Recipient = $"{copy}@example.org" }),
            ],
        LeasedUntil = _clock.GetUtcNow() + Lease,
        ETag = "0",
    };
}
