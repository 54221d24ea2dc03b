using LinkMonitor.Alerts.Sending;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Writing;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace LinkMonitor.Tests.Alerts.Sending;

public sealed class ChannelFailuresTests : IAsyncLifetime
{
    private const string Reason = "It answered 410.";

    // Those at whose end a row that is always written by others is given up.

    private readonly Mock<IChannelStore> _channels = new();
    private readonly Mock<IAlertPlanStore> _plans = new();
    private SendingRig _rig = null!;
    private Channel _hook = null!;
    private Channel _mail = null!;
    private Alert _alert = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _rig = await SendingRig.StartAsync();
        _hook = await _rig.AddAsync(ChannelKind.Webhook, "https://hooks.example.org/a");
        _mail = await _rig.AddAsync(ChannelKind.Email, "owner@example.org");
        _alert = StorageSamples.Alert(SendingRig.Project.Id, _rig.Clock.GetUtcNow());
        var storage = _rig.Storage;
        _channels.Setup(store => store.GetAsync(It.IsAny<Project>(), It.IsAny<ChannelId>(), It.IsAny<CancellationToken>()))
            .Returns((Project project, ChannelId id, CancellationToken token) => storage.Channels.GetAsync(project, id, token));
        _channels.Setup(store => store.SaveAsync(It.IsAny<Channel>(), It.IsAny<CancellationToken>()))
            .Returns((Channel channel, CancellationToken token) => storage.Channels.SaveAsync(channel, token));
        _plans.Setup(store => store.GetAsync(It.IsAny<ProjectId>(), It.IsAny<CancellationToken>()))
            .Returns((ProjectId project, CancellationToken token) => storage.AlertPlans.GetAsync(project, token));
        _plans.Setup(store => store.TryWriteAsync(It.IsAny<PlanResult>(), It.IsAny<CancellationToken>()))
            .Returns((PlanResult planned, CancellationToken token) => storage.AlertPlans.TryWriteAsync(planned, token));
    }

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task The_channel_is_disabled_and_the_operator_and_the_other_mail_channels_are_told_once()
    {
        await DisableAsync(_rig);
        await DisableAsync(_rig);

        await AssertDisabledAndToldAsync();
        var notice = Assert.Single(await _rig.NoticesAsync());
        Assert.Equal((NoticeNames.ChannelDisabled, Reason), (notice.Content!.Notice, notice.Content.Text));
    }

    [Fact]
    public async Task Nobody_is_told_where_the_channel_is_the_only_one()
    {
        await _rig.Get<ChannelFailures>().DisableAsync(_rig.Run(_hook), _alert, _hook, Reason, Stop);

        Assert.Empty((await _rig.Storage.Alerts.ReadOpenAsync(SendingRig.Project.Id, Stop)).Items);
        Assert.Equal(ChannelState.Disabled, (await StoredAsync()).State);
    }

    [Fact]
    public async Task Only_mail_channels_that_are_active_are_told()
    {
        var paused = await _rig.AddAsync(ChannelKind.Email, "paused@example.org", channel => channel with { State = ChannelState.Paused });
        var other = await _rig.AddAsync(ChannelKind.Webhook, "https://hooks.example.org/b");

        await _rig.Get<ChannelFailures>().DisableAsync(_rig.Run(_hook, _mail, paused, other), _alert, _hook, Reason, Stop);

        await AssertDisabledAndToldAsync();
    }

    [Fact]
    public async Task An_address_of_the_operator_is_no_channel()
    {
        await _rig.Get<ChannelFailures>().DisableAsync(_rig.Run(), _alert, null, Reason, Stop);

        Assert.Empty(await _rig.NoticesAsync());
    }

    [Fact]
    public async Task A_channel_that_its_owner_paused_meanwhile_stays_paused()
    {
        await _rig.Storage.Channels.SaveAsync(_hook with { State = ChannelState.Paused, StateReason = "mine" }, Stop);

        await DisableAsync(_rig);

        var stored = await StoredAsync();
        Assert.Equal((ChannelState.Paused, "mine"), (stored.State, stored.StateReason));
    }

    [Fact]
    public async Task Who_dies_at_any_call_to_the_storage_leaves_it_to_the_next_attempt()
    {
        var calls = 0;
        for (var isDone = false; !isDone; calls++)
        {
            await _rig.DisposeAsync();
            await InitializeAsync();
            foreach (var afterCall in new[] { false, true })
            {
                var crash = new CrashHook();
                crash.Arm(calls + 1, afterCall);
                await using var dying = new SendingRig(_rig.Storage.Through(crash), _rig.Clock);
                var death = await Record.ExceptionAsync(() => DisableAsync(dying));
                Assert.Equal(crash.HasStopped, death is StoppedException);
                isDone = !crash.HasStopped;
            }

            await DisableAsync(_rig);
            await AssertDisabledAndToldAsync();
        }

        Assert.InRange(calls, 6, 40);
    }

    [Fact]
    public async Task A_channel_written_by_others_once_is_disabled_over_what_they_wrote()
    {
        var isFirst = true;
        _channels.Setup(store => store.SaveAsync(It.IsAny<Channel>(), It.IsAny<CancellationToken>()))
            .Returns(async (Channel channel, CancellationToken token) =>
            {
                if (isFirst)
                    await _rig.Storage.Channels.SaveAsync(_hook with { Name = "renamed" }, token);
                isFirst = false;
                return await _rig.Storage.Channels.SaveAsync(channel, token);
            });
        await using var rig = Over(services => services.AddSingleton(_channels.Object));

        await DisableAsync(rig);

        var stored = await StoredAsync();
        Assert.Equal((ChannelState.Disabled, "renamed"), (stored.State, stored.Name));
    }

    [Fact]
    public async Task A_channel_that_is_always_written_by_others_is_given_up_after_so_many_attempts()
    {
        _channels.Setup(store => store.SaveAsync(It.IsAny<Channel>(), It.IsAny<CancellationToken>())).ReturnsAsync(SaveOutcome.Conflict);
        await using var rig = Over(services => services.AddSingleton(_channels.Object));

        await Assert.ThrowsAsync<ContentionException>(() => DisableAsync(rig));

        _channels.Verify(
            store => store.SaveAsync(It.IsAny<Channel>(), It.IsAny<CancellationToken>()), Times.Exactly(Contention.MaxAttempts));
    }

    [Fact]
    public async Task A_plan_that_is_always_written_by_others_is_given_up_and_the_channel_stays_for_the_next_attempt()
    {
        _plans.Setup(store => store.TryWriteAsync(It.Is<PlanResult>(plan => IsOfProject(plan)), It.IsAny<CancellationToken>()))
            .ReturnsAsync((AlertPlan?)null);
        await using var rig = Over(services => services.AddSingleton(_plans.Object));

        await Assert.ThrowsAsync<ContentionException>(() => DisableAsync(rig));

        _plans.Verify(
            store => store.TryWriteAsync(It.Is<PlanResult>(plan => IsOfProject(plan)), It.IsAny<CancellationToken>()),
            Times.Exactly(Contention.MaxAttempts));
        Assert.Equal(ChannelState.Active, (await StoredAsync()).State);
    }

    [Fact]
    public async Task A_plan_that_cannot_be_read_keeps_no_channel_alive()
    {
        _plans.Setup(store => store.GetAsync(SendingRig.Project.Id, It.IsAny<CancellationToken>()))
            .ThrowsAsync(new UnreadableRowException("damaged"));
        await using var rig = Over(services => services.AddSingleton(_plans.Object));

        await DisableAsync(rig);

        Assert.Equal(ChannelState.Disabled, (await StoredAsync()).State);
        Assert.Single(await _rig.NoticesAsync());
    }

    [Fact]
    public async Task A_storage_that_fails_is_told_and_the_channel_stays()
    {
        _plans.Setup(store => store.TryWriteAsync(It.IsAny<PlanResult>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new StorageFailureException("It fails."));
        await using var rig = Over(services => services.AddSingleton(_plans.Object));

        await Assert.ThrowsAsync<StorageFailureException>(() => DisableAsync(rig));

        Assert.Equal(ChannelState.Active, (await StoredAsync()).State);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 1)]
    [InlineData(4, 0)]
    public async Task The_operator_is_warned_at_the_third_attempt_and_at_no_other(int attempts, int notices)
    {
        await WarnAsync(_hook, attempts);

        Assert.Equal(notices, (await _rig.NoticesAsync()).Count);
    }

    [Fact]
    public async Task Each_channel_is_warned_of_once_a_day_and_all_mail_together()
    {
        var second = await _rig.AddAsync(ChannelKind.Email, "second@example.org");
        await WarnAsync(_hook);
        await WarnAsync(_hook);
        await WarnAsync(_mail);
        await WarnAsync(second);
        Assert.Equal(2, (await _rig.NoticesAsync()).Count);

        _rig.Clock.Advance(TimeSpan.FromDays(1));
        await WarnAsync(_hook);

        var notices = await _rig.NoticesAsync();
        Assert.Equal(3, notices.Count);
        Assert.All(notices, notice => Assert.Equal(NoticeNames.ChannelFailing, notice.Content!.Notice));
    }

    private static bool IsOfProject(PlanResult plan) => plan.Plan.ProjectId == SendingRig.Project.Id;

    private Task DisableAsync(SendingRig rig) =>
        rig.Get<ChannelFailures>().DisableAsync(rig.Run(_hook, _mail), _alert, _hook, Reason, Stop);

    private Task WarnAsync(Channel channel, int attempts = 3) => _rig.Get<ChannelFailures>().WarnAsync(
        _rig.Run(channel), SendingRig.CopyFor(channel) with { Attempts = attempts }, channel, "Busy.", Stop);

    // The same account, with a store of the test's.
    private SendingRig Over(Action<IServiceCollection> with) => new(_rig.Storage, _rig.Clock, with);

    private async Task<Channel> StoredAsync() => (await _rig.Storage.Channels.GetAsync(SendingRig.Project, _hook.Id, Stop))!;

    private async Task AssertDisabledAndToldAsync()
    {
        var stored = await StoredAsync();
        Assert.Equal((ChannelState.Disabled, Reason), (stored.State, stored.StateReason));
        Assert.Single(await _rig.NoticesAsync());
        var told = Assert.Single((await _rig.Storage.Alerts.ReadOpenAsync(SendingRig.Project.Id, Stop)).Items);
        Assert.Equal([_mail.Id.Value], told.Deliveries.Select(delivery => delivery.ChannelId));
        Assert.Equal(AlertKind.Notice, told.Kind);
    }
}
