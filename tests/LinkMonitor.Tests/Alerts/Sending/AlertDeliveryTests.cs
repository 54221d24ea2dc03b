using LinkMonitor.Alerts;
using LinkMonitor.Alerts.Planning;
using LinkMonitor.Alerts.Sending;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Testing.Storage;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace LinkMonitor.Tests.Alerts.Sending;

public sealed class AlertDeliveryTests : IAsyncLifetime
{
    private static readonly AlertOptions Settings = new();
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private SendingRig _rig = null!;
    private Channel _hook = null!;
    private Channel _mail = null!;
    private LinkChange _change = null!;
    private Alert _alert = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _rig = await SendingRig.StartAsync();
        _hook = await _rig.AddAsync(ChannelKind.Webhook, "https://hooks.example.org/a");
        _mail = await _rig.AddAsync(ChannelKind.Email, "owner@example.org");
        _change = await _rig.ChangeAsync();
        _alert = await _rig.OpenAsync([_change], _hook, _mail);
    }

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task Everybody_gets_it_and_it_is_closed()
    {
        Assert.Null(await DeliverAsync());

        var stored = (await _rig.StoredAsync(_alert))!;
        Assert.Equal(["https://hooks.example.org/a", "owner@example.org"], _rig.Sent.Order(StringComparer.Ordinal));
        Assert.Equal(Now, stored.ClosedAt);
        Assert.All(stored.Deliveries, delivery => Assert.Equal((DeliveryState.Sent, 1), (delivery.State, delivery.Attempts)));

        // The list of alerts says what the mails say.
        Assert.NotEqual("Lost", stored.Subject);
    }

    [Fact]
    public async Task What_failed_is_tried_again_at_its_time_and_nobody_hears_twice()
    {
        _rig.Answer = (kind, _, _) => Task.FromResult<DeliveryResult>(
            kind == ChannelKind.Webhook ? new DeliveryResult.Retry("Busy.") : new DeliveryResult.Accepted(null));
        Assert.Equal(Now.AddSeconds(5), await DeliverAsync());
        var open = (await _rig.StoredAsync(_alert))!;
        Assert.Null(open.ClosedAt);
        Assert.Equal(Now, open.LeasedUntil);

        // The same message comes again before its time.
        Assert.Equal(Now.AddSeconds(5), await DeliverAsync(open));
        Assert.Equal(2, _rig.Sent.Count);
        _rig.Clock.Advance(TimeSpan.FromSeconds(5));
        _rig.Answers(new DeliveryResult.Accepted(null));

        Assert.Null(await DeliverAsync(open));
        Assert.Equal("https://hooks.example.org/a", _rig.Sent[^1]);
        Assert.Equal(3, _rig.Sent.Count);
    }

    [Fact]
    public async Task What_another_worker_has_is_left_to_it_until_its_lease_ends()
    {
        var leased = await _rig.Storage.Alerts.TrySaveAsync(_alert with { LeasedUntil = Now + Settings.Lease }, Stop);

        Assert.Equal(Now + Settings.Lease, await DeliverAsync(leased!));
        Assert.Empty(_rig.Sent);

        _rig.Clock.Advance(Settings.Lease);
        Assert.Null(await DeliverAsync(leased!));
        Assert.Equal(2, _rig.Sent.Count);
    }

    [Fact]
    public async Task Who_read_an_alert_that_another_has_taken_since_sends_nothing()
    {
        await _rig.Storage.Alerts.TrySaveAsync(_alert with { Subject = "Taken" }, Stop);

        Assert.Null(await DeliverAsync());

        Assert.Empty(_rig.Sent);
    }

    [Fact]
    public async Task Who_loses_the_alert_on_the_way_sends_no_more_of_it()
    {
        var second = await _rig.AddAsync(ChannelKind.Webhook, "https://hooks.example.org/b");
        var alert = await _rig.OpenAsync([_change, await _rig.ChangeAsync(2)], _hook, second);
        _rig.Answer = async (_, _, token) =>
        {
            // Another worker takes it over, as if this one had been too slow.
            var stored = (await _rig.StoredAsync(alert))!;
            await _rig.Storage.Alerts.TrySaveAsync(stored with { Subject = "Taken over" }, token);
            return new DeliveryResult.Accepted(null);
        };

        Assert.Null(await DeliverAsync(alert, _hook, second));

        Assert.Single(_rig.Sent);
        var kept = (await _rig.StoredAsync(alert))!;
        Assert.Equal(("Taken over", null), (kept.Subject, kept.ClosedAt));
    }

    [Fact]
    public async Task Without_time_left_nothing_is_begun()
    {
        var run = _rig.Run(_hook, _mail);
        _rig.Clock.Advance(TimeSpan.FromMinutes(3));

        Assert.Equal(Now, await _rig.Get<AlertDelivery>().DeliverAsync(run, _alert, Stop));

        Assert.Empty(_rig.Sent);
        Assert.Equal(_alert.ETag, (await _rig.StoredAsync(_alert))!.ETag);
    }

    [Fact]
    public async Task When_the_time_is_over_the_rest_goes_on_with_the_next_message()
    {
        var second = await _rig.AddAsync(ChannelKind.Webhook, "https://hooks.example.org/b");
        var alert = await _rig.OpenAsync([_change, await _rig.ChangeAsync(2)], _hook, second);
        _rig.Answer = (_, _, _) =>
        {
            _rig.Clock.Advance(TimeSpan.FromMinutes(3));
            return Task.FromResult<DeliveryResult>(new DeliveryResult.Accepted(null));
        };

        Assert.NotNull(await DeliverAsync(alert, _hook, second));
        Assert.Single(_rig.Sent);

        Assert.Null(await DeliverAsync((await _rig.StoredAsync(alert))!, _hook, second));
        Assert.Equal(2, _rig.Sent.Distinct().Count());
    }

    [Fact]
    public async Task A_channel_that_hangs_holds_up_no_other_and_what_was_sent_is_stored()
    {
        _rig.Answer = async (kind, _, token) =>
        {
            if (kind == ChannelKind.Webhook)
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            return new DeliveryResult.Accepted(null);
        };
        var saved = new SavedHook();
        await using var product = new SendingRig(_rig.Storage.Through(saved), _rig.Clock) { Answer = _rig.Answer };
        using var stop = new CancellationTokenSource();

        var delivering = product.Get<AlertDelivery>().DeliverAsync(product.Run(_hook, _mail), _alert, stop.Token);
        await saved.Twice.WaitAsync(Patience, Stop);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => delivering.WaitAsync(Patience, Stop));
        var stored = (await _rig.StoredAsync(_alert))!;
        Assert.Equal(DeliveryState.Sent, Of(stored, _mail).State);
        Assert.Equal((DeliveryState.Waiting, 0), (Of(stored, _hook).State, Of(stored, _hook).Attempts));
        Assert.Equal(Now + Settings.Lease, stored.LeasedUntil);
    }

    [Fact]
    public async Task A_time_that_only_a_wrong_clock_can_have_written_is_not_waited_for_and_is_listed()
    {
        var future = await _rig.Storage.Alerts.TrySaveAsync(_alert with { LeasedUntil = Now.AddYears(1) }, Stop);

        Assert.Null(await DeliverAsync(future!));

        Assert.Equal(2, _rig.Sent.Count);
        Assert.Equal($"alert {_alert.Id}", Assert.Single(_rig.Storage.Aside.Notes).Name.Key);
    }

    [Fact]
    public async Task A_storage_that_fails_before_the_lease_lets_nothing_be_sent()
    {
        var alerts = new Mock<IAlertStore>();
        alerts.Setup(store => store.GetChangeKeysAsync(It.IsAny<Alert>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new StorageFailureException("It fails."));
        await using var product = new SendingRig(_rig.Storage, _rig.Clock, services => services.AddSingleton(alerts.Object));

        await Assert.ThrowsAsync<StorageFailureException>(
            () => product.Get<AlertDelivery>().DeliverAsync(product.Run(_hook, _mail), _alert, Stop));

        Assert.Empty(product.Sent);
        alerts.Verify(store => store.TrySaveAsync(It.IsAny<Alert>(), It.IsAny<CancellationToken>()), Times.Never());
    }

    [Fact]
    public async Task Changes_that_cannot_be_read_go_back_to_the_outbox_before_the_alert_is_closed()
    {
        var second = await _rig.ChangeAsync(2);
        var alert = await _rig.OpenAsync([_change, second], _mail);
        await _rig.Storage.Links.RemoveFromOutboxAsync(alert.ProjectId, [_change.OutboxKey, second.OutboxKey], Stop);
        var links = new Mock<ILinkStore>();
        links.Setup(
            store =>
                store.GetChangesAsync(It.IsAny<ProjectId>(), It.IsAny<IReadOnlyCollection<string>>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new RowsRead<LinkChange>([_change], [second.OutboxKey]));
        DateTimeOffset? closedAt = Now;
        links.Setup(
            store => store.ReturnToOutboxAsync(
                alert.ProjectId, It.Is<IReadOnlyCollection<string>>(keys => keys.Single() == second.OutboxKey),
                It.IsAny<CancellationToken>()))
            .Returns(async () => closedAt = (await _rig.StoredAsync(alert))!.ClosedAt);
        await using var product = new SendingRig(_rig.Storage, _rig.Clock, services => services.AddSingleton(links.Object));

        Assert.Null(await product.Get<AlertDelivery>().DeliverAsync(product.Run(_mail), alert, Stop));

        Assert.Null(closedAt);
        Assert.NotNull((await _rig.StoredAsync(alert))!.ClosedAt);
        Assert.Single(product.Sent);
    }

    [Fact]
    public async Task Who_dies_at_any_call_leaves_an_alert_that_reaches_everybody_and_one_of_them_twice_at_most()
    {
        var repeats = 0;
        for (var (call, isDone) = (1, false); !isDone; call++)
        {
            await _rig.DisposeAsync();
            await InitializeAsync();
            var crash = new CrashHook();
            crash.Arm(call, afterCall: call % 2 == 0);
            await using var dying = new SendingRig(_rig.Storage.Through(crash), _rig.Clock);
            var death = await Record.ExceptionAsync(
                () => dying.Get<AlertDelivery>().DeliverAsync(dying.Run(_hook, _mail), _alert, Stop));
            Assert.Equal(crash.HasStopped, death is StoppedException);
            isDone = !crash.HasStopped;

            _rig.Clock.Advance(Settings.Lease);
            if (await _rig.StoredAsync(_alert) is { ClosedAt: null } open)
                Assert.Null(await DeliverAsync(open));

            var sent = dying.Sent.Concat(_rig.Sent).CountBy(recipient => recipient).ToDictionary();
            Assert.Equal(2, sent.Count);
            Assert.All(sent.Values, times => Assert.InRange(times, 1, 2));
            repeats += sent.Values.Count(times => times == 2);
            var stored = (await _rig.StoredAsync(_alert))!;
            Assert.NotNull(stored.ClosedAt);
            Assert.All(stored.Deliveries, delivery => Assert.Equal(DeliveryState.Sent, delivery.State));
        }

        Assert.InRange(repeats, 1, 4);
    }

    private DateTimeOffset Now => _rig.Clock.GetUtcNow();

    private static Delivery Of(Alert alert, Channel channel) =>
        alert.Deliveries.Single(delivery => delivery.ChannelId == channel.Id.Value);

    private Task<DateTimeOffset?> DeliverAsync(Alert? alert = null, params Channel[] channels) => _rig.Get<AlertDelivery>().DeliverAsync(
        _rig.Run(channels is [] ? [_hook, _mail] : channels), alert ?? _alert, Stop);

    /// <summary>Says when an alert was written a second time: first its lease, then an answer.</summary>
    private sealed class SavedHook : StorageHook
    {
        private readonly TaskCompletionSource _twice = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _saves;

        public Task Twice => _twice.Task;

        public override Task AfterAsync(StorageCall call)
        {
            if (call.Place == TableNames.Alerts && call.Operation == nameof(ITable.ReplaceAsync) && ++_saves == 2)
                _twice.TrySetResult();
            return Task.CompletedTask;
        }
    }
}
