using LinkMonitor.Alerts.Planning;
using LinkMonitor.Alerts.Sending;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Alerts.Sending;

public sealed class WithheldCopiesTests : IAsyncLifetime
{
    private SendingRig _rig = null!;
    private Channel _hook = null!;
    private WithheldCopies _kept = null!;

    public async ValueTask InitializeAsync()
    {
        _rig = await SendingRig.StartAsync();
        _hook = await _rig.AddAsync(ChannelKind.Webhook, "https://hooks.example.org/a");
        _kept = _rig.Get<WithheldCopies>();
    }

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public void Nothing_changes_while_the_channel_cannot_be_read()
    {
        var alert = Kept();

        Assert.Same(alert, _kept.Resolve(Unreadable(), alert, []));
    }

    [Fact]
    public async Task A_channel_that_can_be_read_gets_its_real_copy_and_the_others_stay_as_they_are()
    {
        var change = await _rig.ChangeAsync();
        var sent = new Delivery { Channel = ChannelKind.Email, Recipient = "owner@example.org", State = DeliveryState.Sent };
        var alert = Kept();
        alert = alert with { Deliveries = [sent, .. alert.Deliveries] };

        var resolved = _kept.Resolve(_rig.Run(_hook), alert, [change]);

        Assert.Equal(sent, resolved.Deliveries[0]);
        var copy = Assert.Single(resolved.Deliveries.Skip(1));
        Assert.Equal((_hook.Id.Value, ChannelKind.Webhook, DeliveryState.Waiting), (copy.ChannelId, copy.Channel, copy.State));
        Assert.False(copy.IsKept);
    }

    [Fact]
    public void A_copy_that_was_dealt_with_is_not_made_anew()
    {
        var alert = Kept();
        var given = alert with { Deliveries = [alert.Deliveries[0] with { State = DeliveryState.Failed }] };

        Assert.Same(given, _kept.Resolve(_rig.Run(_hook), given, []));
    }

    [Theory]
    [InlineData(AlertKind.Incident, "link-removed", false)]
    [InlineData(AlertKind.Incident, Topics.Unstable, true)]
    [InlineData(AlertKind.Unstable, Topics.Unstable, false)]
    [InlineData(AlertKind.Unstable, "link-removed", true)]
    [InlineData(AlertKind.Cases, Topics.Cases, false)]
    [InlineData(AlertKind.Cases, Topics.Terms, true)]
    [InlineData(AlertKind.Terms, Topics.Terms, false)]
    [InlineData(AlertKind.Terms, "link-removed", true)]
    [InlineData(AlertKind.Settled, Topics.Unstable, true)]
    [InlineData(AlertKind.Settled, "link-removed", true)]
    [InlineData(AlertKind.Notice, "link-removed", true)]
    public async Task What_the_channel_does_not_want_is_dropped(AlertKind kind, string unwanted, bool isSent)
    {
        var change = await _rig.ChangeAsync();
        var channel = _hook with
        {
            Choice = new AlertChoice
            {
                ByTopic = new Dictionary<string, AlertTiming> { [unwanted] = AlertTiming.Never },
                Otherwise = AlertTiming.AtOnce,
            },
        };

        var copy = Assert.Single(_kept.Resolve(_rig.Run(channel), Kept(kind), [change]).Deliveries);

        Assert.Equal(isSent ? DeliveryState.Waiting : DeliveryState.Dropped, copy.State);
        Assert.Equal(isSent, copy.Error is null);
        Assert.Equal("hooks.example.org", copy.Recipient);
    }

    [Fact]
    public async Task A_settled_link_that_the_channel_wants_neither_way_is_dropped()
    {
        var change = await _rig.ChangeAsync();
        var channel = _hook with { Choice = new AlertChoice { Otherwise = AlertTiming.Never } };

        var copy = Assert.Single(_kept.Resolve(_rig.Run(channel), Kept(AlertKind.Settled), [change]).Deliveries);

        Assert.Equal(DeliveryState.Dropped, copy.State);
    }

    [Fact]
    public void It_waits_only_for_a_channel_that_cannot_be_read()
    {
        var alert = Kept();

        Assert.Null(_kept.Wait(_rig.Run(_hook), alert, alert.Deliveries[0]));
        Assert.Null(_kept.Wait(Unreadable(), alert, alert.Deliveries[0] with { ChannelId = null }));
        var waiting = _kept.Wait(Unreadable(), alert, alert.Deliveries[0]);
        Assert.Equal((DeliveryState.Waiting, _rig.Clock.GetUtcNow() + WithheldCopies.Pause), (waiting!.State, waiting.NextAttemptAt));
        Assert.NotNull(waiting.Error);
    }

    [Fact]
    public void It_waits_no_longer_than_anything_else()
    {
        var alert = Kept();

        _rig.Clock.Advance(new AlertOptions().GiveUpAfter - TimeSpan.FromSeconds(1));
        Assert.Equal(DeliveryState.Waiting, _kept.Wait(Unreadable(), alert, alert.Deliveries[0])!.State);
        _rig.Clock.Advance(TimeSpan.FromSeconds(1));

        var given = _kept.Wait(Unreadable(), alert, alert.Deliveries[0])!;
        Assert.Equal((DeliveryState.Failed, null), (given.State, given.NextAttemptAt));
    }

    private DeliveryRun Unreadable() => _rig.Run() with { Unreadable = new HashSet<string> { _hook.Id.Value } };

    // As planning leaves it for a channel that it cannot read.
    private Alert Kept(AlertKind kind = AlertKind.Incident)
    {
        var alert = StorageSamples.Alert(SendingRig.Project.Id, _rig.Clock.GetUtcNow());
        var kept = new Delivery { ChannelId = _hook.Id.Value, Channel = ChannelKind.Webhook, Recipient = _hook.Id.Value };
        return alert with { Kind = kind, Deliveries = [kept] };
    }
}
