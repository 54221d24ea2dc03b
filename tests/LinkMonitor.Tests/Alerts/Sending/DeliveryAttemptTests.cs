using LinkMonitor.Alerts;
using LinkMonitor.Alerts.Planning;
using LinkMonitor.Alerts.Sending;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Tests.Alerts.Sending;

public sealed class DeliveryAttemptTests : IAsyncLifetime
{
    private const string Hook = "https://hooks.example.org/a";
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
        _hook = await _rig.AddAsync(ChannelKind.Webhook, Hook);
        _mail = await _rig.AddAsync(ChannelKind.Email, "owner@example.org");
        _change = await _rig.ChangeAsync();
        _alert = await _rig.OpenAsync([_change], _hook, _mail);
    }

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task What_was_taken_is_sent_with_its_receipt_and_nothing_is_left_of_the_failures_before()
    {
        var earlier = Copy(_hook) with { Attempts = 2, FirstAttemptAt = Now.AddHours(-1), NextAttemptAt = Now, Error = "It was busy." };

        var tried = await TryAsync(earlier);

        Assert.Equal(
            earlier with
            {
                State = DeliveryState.Sent,
                Receipt = "receipt",
                Attempts = 3,
                LastAttemptAt = Now,
                NextAttemptAt = null,
                Error = null,
            },
            tried);
    }

    [Fact]
    public async Task What_is_refused_for_good_fails_and_its_channel_stays()
    {
        _rig.Answers(new DeliveryResult.Refused("Too large."));

        var tried = await TryAsync(Copy(_hook));

        Assert.Equal((DeliveryState.Failed, "Too large.", null), (tried.State, tried.Error, tried.NextAttemptAt));
        Assert.Equal(ChannelState.Active, await StateAsync(_hook));
    }

    [Fact]
    public async Task An_address_that_is_gone_fails_and_its_channel_is_disabled_with_the_reason()
    {
        _rig.Answers(new DeliveryResult.Unusable("It answered 410."));

        var tried = await TryAsync(Copy(_hook));

        Assert.Equal((DeliveryState.Failed, "It answered 410."), (tried.State, tried.Error));
        var stored = await _rig.Storage.Channels.GetAsync(SendingRig.Project, _hook.Id, Stop);
        Assert.Equal((ChannelState.Disabled, "It answered 410.", Now), (stored!.State, stored.StateReason, stored.StateSince));
    }

    [Fact]
    public async Task A_channel_that_failed_is_left_alone_for_the_rest_of_the_run()
    {
        _rig.Answers(new DeliveryResult.Retry("Busy."));
        var run = _rig.Run(_hook);

        var first = await TryAsync(Copy(_hook), run);
        var second = await TryAsync(Copy(_hook), run);

        Assert.Equal((DeliveryState.Waiting, 1, "Busy."), (first.State, first.Attempts, first.Error));
        Assert.Equal(Now.AddSeconds(5), first.NextAttemptAt);
        Assert.Equal((DeliveryState.Waiting, 0, Now.AddSeconds(5)), (second.State, second.Attempts, second.NextAttemptAt));
        Assert.Single(_rig.Sent);
    }

    [Fact]
    public async Task Who_asks_for_a_longer_pause_gets_it()
    {
        _rig.Answers(new DeliveryResult.Retry("Busy.", TimeSpan.FromHours(2)));

        Assert.Equal(Now.AddHours(2), (await TryAsync(Copy(_hook))).NextAttemptAt);
    }

    [Fact]
    public async Task A_mail_server_that_cannot_be_reached_holds_up_all_mail_until_it_works_again()
    {
        var other = await _rig.AddAsync(ChannelKind.Email, "second@example.org");
        _rig.Answers(new DeliveryResult.Retry("No answer.") { IsOfRoute = true });
        await TryAsync(Copy(_mail));

        var held = await TryAsync(Copy(other), _rig.Run(other));
        Assert.Equal((0, Now + PausedRoutes.Rest), (held.Attempts, held.NextAttemptAt));
        Assert.Equal(["owner@example.org"], _rig.Sent);

        // What leaves by another way is not held up.
        _rig.Answers(new DeliveryResult.Accepted(null));
        Assert.Equal(DeliveryState.Sent, (await TryAsync(Copy(_hook))).State);
        _rig.Clock.Advance(PausedRoutes.Rest);
        Assert.Equal(DeliveryState.Sent, (await TryAsync(Copy(_mail))).State);
        Assert.Equal(DeliveryState.Sent, (await TryAsync(Copy(other), _rig.Run(other))).State);
    }

    [Fact]
    public async Task One_recipient_that_is_refused_for_now_holds_up_no_other_mail()
    {
        var other = await _rig.AddAsync(ChannelKind.Email, "second@example.org");
        _rig.Answers(new DeliveryResult.Retry("Mailbox full."));
        await TryAsync(Copy(_mail));

        _rig.Answers(new DeliveryResult.Accepted(null));

        Assert.Equal(DeliveryState.Sent, (await TryAsync(Copy(other), _rig.Run(other))).State);
    }

    [Theory]
    [InlineData(-1, DeliveryState.Waiting)]
    [InlineData(0, DeliveryState.Failed)]
    public async Task After_its_time_and_not_before_a_delivery_is_given_up_and_its_channel_disabled(int seconds, DeliveryState expected)
    {
        _rig.Answers(new DeliveryResult.Retry("Busy."));
        var first = Now - Settings.GiveUpAfter - TimeSpan.FromSeconds(seconds);

        var tried = await TryAsync(Copy(_hook) with { Attempts = 10, FirstAttemptAt = first });

        Assert.Equal(expected, tried.State);
        Assert.Equal(expected == DeliveryState.Failed ? "Given up after 11 attempts: Busy." : "Busy.", tried.Error);
        Assert.Equal(expected == DeliveryState.Failed, tried.NextAttemptAt is null);
        Assert.Equal(expected == DeliveryState.Failed ? ChannelState.Disabled : ChannelState.Active, await StateAsync(_hook));
    }

    [Fact]
    public async Task Mail_that_is_given_up_disables_nobody()
    {
        _rig.Answers(new DeliveryResult.Retry("The server is down."));

        var tried = await TryAsync(Copy(_mail) with { Attempts = 10, FirstAttemptAt = Now - Settings.GiveUpAfter });

        Assert.Equal(DeliveryState.Failed, tried.State);
        Assert.Equal(ChannelState.Active, await StateAsync(_mail));
    }

    [Theory]
    [InlineData(ChannelState.Paused)]
    [InlineData(ChannelState.Unsubscribed)]
    [InlineData(ChannelState.Disabled)]
    public async Task What_is_not_wanted_any_more_is_dropped_and_never_sent(ChannelState state)
    {
        var tried = await TryAsync(Copy(_hook), _rig.Run(_hook with { State = state }));

        Assert.Equal((DeliveryState.Dropped, 0, null), (tried.State, tried.Attempts, tried.NextAttemptAt));
        Assert.Empty(_rig.Sent);
    }

    [Fact]
    public async Task The_copy_of_a_channel_that_was_removed_is_dropped()
    {
        Assert.Equal(DeliveryState.Dropped, (await TryAsync(Copy(_hook), _rig.Run())).State);
        Assert.Empty(_rig.Sent);
    }

    [Fact]
    public async Task What_is_about_nothing_any_more_is_dropped()
    {
        var run = _rig.Run(_hook);
        var copies = _rig.Get<AlertCopyWriter>().For(run, _alert, [], Stop);

        var tried = await _rig.Get<DeliveryAttempt>().TryAsync(run, _alert, Copy(_hook), copies, Stop);

        Assert.Equal((DeliveryState.Dropped, "What the alert was about no longer exists."), (tried.State, tried.Error));
        Assert.Empty(_rig.Sent);
    }

    [Fact]
    public async Task Quiet_hours_put_off_what_disturbs_and_count_as_no_attempt()
    {
        var quiet = _hook with { Quiet = new QuietHours(new TimeOnly(11, 0), new TimeOnly(13, 0)) };

        var tried = await TryAsync(Copy(quiet), _rig.Run(quiet));

        Assert.Equal((DeliveryState.Waiting, 0), (tried.State, tried.Attempts));
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 13, 0, 0, TimeSpan.Zero), tried.NextAttemptAt);
        Assert.Empty(_rig.Sent);
    }

    [Fact]
    public async Task A_notice_comes_in_quiet_hours_too()
    {
        var quiet = _mail with { Quiet = new QuietHours(new TimeOnly(11, 0), new TimeOnly(13, 0)) };
        var content = new AlertContent { Notice = NoticeNames.CheckFailed, Page = "https://blog.example.net/", Text = "It broke." };

        var tried = await TryAsync(Copy(quiet), _rig.Run(quiet), _alert with { Kind = AlertKind.Notice, Content = content });

        Assert.Equal(DeliveryState.Sent, tried.State);
    }

    [Fact]
    public async Task A_channel_whose_row_cannot_be_read_is_waited_for_and_not_sent_to()
    {
        var run = _rig.Run() with { Unreadable = new HashSet<string> { _hook.Id.Value } };

        var tried = await TryAsync(Copy(_hook), run);

        Assert.Equal((DeliveryState.Waiting, Now + WithheldCopies.Pause), (tried.State, tried.NextAttemptAt));
        Assert.Empty(_rig.Sent);
    }

    [Fact]
    public async Task A_sending_that_hangs_ends_when_the_run_is_stopped()
    {
        var sending = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _rig.Answer = async (_, _, token) =>
        {
            sending.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            throw new InvalidOperationException("It was not stopped.");
        };
        using var stop = new CancellationTokenSource();
        var run = _rig.Run(_hook);

        var trying = _rig.Get<DeliveryAttempt>().TryAsync(run, _alert, Copy(_hook), Copies(run, _alert), stop.Token);
        await sending.Task.WaitAsync(Patience, Stop);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => trying.WaitAsync(Patience, Stop));
    }

    [Fact]
    public async Task A_bug_of_a_channel_is_no_answer_of_the_other_side()
    {
        _rig.Answer = (_, _, _) => throw new InvalidOperationException("It broke.");

        await Assert.ThrowsAsync<InvalidOperationException>(() => TryAsync(Copy(_hook)));

        Assert.Equal(ChannelState.Active, await StateAsync(_hook));
    }

    private DateTimeOffset Now => _rig.Clock.GetUtcNow();

    private static Delivery Copy(Channel channel) => SendingRig.CopyFor(channel);

    private Task<Delivery> TryAsync(Delivery delivery, DeliveryRun? run = null, Alert? alert = null)
    {
        run ??= _rig.Run(_hook, _mail);
        return _rig.Get<DeliveryAttempt>().TryAsync(run, alert ?? _alert, delivery, Copies(run, alert ?? _alert), Stop);
    }

    private AlertCopies Copies(DeliveryRun run, Alert alert) => _rig.Get<AlertCopyWriter>().For(run, alert, [_change], Stop);

    private async Task<ChannelState> StateAsync(Channel channel) =>
        (await _rig.Storage.Channels.GetAsync(SendingRig.Project, channel.Id, Stop))!.State;
}
