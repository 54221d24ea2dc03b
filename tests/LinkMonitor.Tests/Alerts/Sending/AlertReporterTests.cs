using LinkMonitor.Alerts;
using LinkMonitor.Alerts.Planning;
using LinkMonitor.Alerts.Sending;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Rows;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace LinkMonitor.Tests.Alerts.Sending;

/// <summary>A run for a project before ports that fail or hang: what can be sent is sent, and the project is given back.</summary>
public sealed class AlertReporterTests : IAsyncLifetime
{
    private static readonly AlertOptions Settings = new();
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan TakeTime = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly Task Never = new TaskCompletionSource().Task;

    private readonly TaskCompletionSource _hangs = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SendingRig _rig = null!;
    private Channel _mail = null!;
    private LinkChange _change = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _rig = await SendingRig.StartAsync();
        _mail = await _rig.AddAsync(ChannelKind.Email, "owner@example.org");
        _change = await _rig.ChangeAsync();
    }

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task A_change_is_planned_sent_and_leaves_the_outbox_and_a_message_that_comes_again_sends_nothing()
    {
        _rig.Clock.Advance(TimeSpan.FromHours(1));

        await TellAsync(_rig);
        await TellAsync(_rig);

        Assert.Equal(["owner@example.org"], _rig.Sent);
        Assert.Empty(await _rig.Storage.Links.ReadOutboxKeysAsync(SendingRig.Project.Id, Stop));
        Assert.Single((await _rig.Storage.Alerts.ListAsync(SendingRig.Project.Id, 10, null, Stop)).Items);
        await AssertGivenBackAsync();
    }

    [Fact]
    public async Task What_another_worker_has_is_left_to_it()
    {
        _rig.Clock.Advance(TimeSpan.FromHours(1));
        Assert.NotNull(await _rig.Get<NudgeSender>().TakeAsync(SendingRig.Project.Id, Stop));

        await TellAsync(_rig);

        Assert.Empty(_rig.Sent);
        Assert.NotNull((await _rig.Storage.AlertWork.GetAsync(SendingRig.Project.Id, Stop)).WorkingUntil);
    }

    [Fact]
    public async Task A_planning_that_fails_keeps_nothing_back_that_was_planned_before_and_is_told_at_the_end()
    {
        await _rig.OpenAsync([_change], _mail);
        await using var product = WithPlans(plans => plans
            .Setup(store => store.GetAsync(SendingRig.Project.Id, It.IsAny<CancellationToken>()))
            .ThrowsAsync(new StorageFailureException("It fails.")));

        await Assert.ThrowsAsync<StorageFailureException>(() => TellAsync(product));

        Assert.Equal(["owner@example.org"], product.Sent);
        await AssertGivenBackAsync();
    }

    [Fact]
    public async Task A_planning_that_hangs_and_heeds_nothing_ends_with_its_share_and_the_rest_goes_out()
    {
        await _rig.OpenAsync([_change], _mail);
        await using var product = WithPlans(plans => plans
            .Setup(store => store.GetAsync(SendingRig.Project.Id, It.IsAny<CancellationToken>()))
            .Returns(HangAsync<AlertPlan>));

        var telling = TellAsync(product);
        await _hangs.Task.WaitAsync(Patience, Stop);
        Assert.Empty(product.Sent);
        _rig.Clock.Advance((Settings.RunBudget / 2) + TimeSpan.FromMinutes(1));

        await Assert.ThrowsAsync<TimeoutException>(() => telling.WaitAsync(Patience, Stop));
        Assert.Equal(["owner@example.org"], product.Sent);
        await AssertGivenBackAsync();
    }

    [Fact]
    public async Task A_sending_that_hangs_ends_with_the_run_and_the_project_is_given_back()
    {
        await _rig.OpenAsync([_change], _mail);
        _rig.Answer = async (_, _, _) =>
        {
            _hangs.SetResult();
            await Never;
            throw new InvalidOperationException("It never ends.");
        };

        var telling = TellAsync(_rig);
        await _hangs.Task.WaitAsync(Patience, Stop);
        _rig.Clock.Advance(Settings.RunBudget + Grace);

        await Assert.ThrowsAsync<TimeoutException>(() => telling.WaitAsync(Patience, Stop));
        await AssertGivenBackAsync();
    }

    [Fact]
    public async Task A_storage_that_never_says_who_has_the_project_ends_the_run()
    {
        var work = new Mock<IAlertWorkStore>();
        work.Setup(store => store.GetAsync(It.IsAny<ProjectId>(), It.IsAny<CancellationToken>())).Returns(HangAsync<AlertWork>);
        await using var product = new SendingRig(_rig.Storage, _rig.Clock, services => services.AddSingleton(work.Object));

        var telling = TellAsync(product);
        await _hangs.Task.WaitAsync(Patience, Stop);
        _rig.Clock.Advance(TakeTime);

        await Assert.ThrowsAsync<TimeoutException>(() => telling.WaitAsync(Patience, Stop));
    }

    [Fact]
    public async Task Giving_the_project_back_has_a_bound_too()
    {
        var reads = 0;
        var work = new Mock<IAlertWorkStore>();
        work.Setup(store => store.GetAsync(It.IsAny<ProjectId>(), It.IsAny<CancellationToken>()))
            .Returns((ProjectId project, CancellationToken token) => Interlocked.Increment(ref reads) == 1
                ? _rig.Storage.AlertWork.GetAsync(project, token)
                : HangAsync<AlertWork>());
        work.Setup(store => store.TrySaveAsync(It.IsAny<AlertWork>(), It.IsAny<CancellationToken>()))
            .Returns((AlertWork one, CancellationToken token) => _rig.Storage.AlertWork.TrySaveAsync(one, token));
        await _rig.Storage.Links.RemoveFromOutboxAsync(SendingRig.Project.Id, [_change.OutboxKey], Stop);
        await using var product = new SendingRig(_rig.Storage, _rig.Clock, services => services.AddSingleton(work.Object));

        var telling = TellAsync(product);
        await _hangs.Task.WaitAsync(Patience, Stop);
        _rig.Clock.Advance(TakeTime);

        await Assert.ThrowsAsync<TimeoutException>(() => telling.WaitAsync(Patience, Stop));
    }

    [Fact]
    public async Task One_alert_that_fails_stops_no_other_and_of_two_faults_the_one_to_try_again_is_told()
    {
        var damaged = await _rig.OpenAsync([_change], _mail);
        var failing = await _rig.OpenAsync([_change, await _rig.ChangeAsync(2)], _mail);
        var sound = await _rig.OpenAsync([_change, await _rig.ChangeAsync(3)], _mail);
        await using var product = WithAlerts((alerts, real) =>
        {
            alerts.Setup(store => store.GetChangeKeysAsync(It.IsAny<Alert>(), It.IsAny<CancellationToken>()))
                .Returns((Alert alert, CancellationToken token) => alert.Id == damaged.Id
                    ? throw new UnreadableRowException("damaged")
                    : alert.Id == failing.Id ? throw new StorageFailureException("It fails.") : real.GetChangeKeysAsync(alert, token));
        });

        await Assert.ThrowsAsync<StorageFailureException>(() => TellAsync(product));

        Assert.Equal(["owner@example.org"], product.Sent);
        Assert.NotNull((await _rig.StoredAsync(sound))!.ClosedAt);
        Assert.Null((await _rig.StoredAsync(failing))!.ClosedAt);
        await AssertGivenBackAsync();
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_is_left_to_the_sweep_and_is_no_failure_of_the_message()
    {
        var damaged = await _rig.OpenAsync([_change], _mail);
        await using var product = WithAlerts((alerts, _) => alerts
            .Setup(store => store.GetChangeKeysAsync(It.IsAny<Alert>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new UnreadableRowException("damaged")));

        await TellAsync(product);

        Assert.Empty(product.Sent);
        Assert.Null((await _rig.StoredAsync(damaged))!.ClosedAt);
        await AssertGivenBackAsync();
    }

    [Fact]
    public async Task Of_a_project_that_is_gone_nothing_is_sent_and_what_was_written_since_is_purged()
    {
        await _rig.OpenAsync([_change], _mail);
        var projects = new Mock<LinkMonitor.Storage.Projects.IProjectStore>();
        await using var product = new SendingRig(_rig.Storage, _rig.Clock, services => services.AddSingleton(projects.Object));

        await TellAsync(product);

        Assert.Empty(product.Sent);
        projects.Verify(
            store => store.DeleteAsync(SendingRig.Project.Id, _rig.Clock.GetUtcNow(), It.IsAny<CancellationToken>()), Times.Once());
        await AssertGivenBackAsync();
    }

    [Fact]
    public async Task What_a_worker_left_in_the_outbox_when_it_died_leaves_before_the_alert_is_closed()
    {
        // It waits for its time, so that nothing is planned and only the delivery can take it out.
        var plan = await _rig.Storage.AlertPlans.GetAsync(SendingRig.Project.Id, Stop);
        await _rig.Storage.AlertPlans.TryWriteAsync(
            new PlanResult { Plan = plan with { ReadAt = _rig.Clock.GetUtcNow().AddSeconds(20) } }, Stop);
        var open = await _rig.OpenAsync([_change], _mail);
        Assert.Single(await _rig.Storage.Links.ReadOutboxKeysAsync(SendingRig.Project.Id, Stop));

        await TellAsync(_rig);

        Assert.Empty(await _rig.Storage.Links.ReadOutboxKeysAsync(SendingRig.Project.Id, Stop));
        Assert.NotNull((await _rig.StoredAsync(open))!.ClosedAt);
        Assert.Single(_rig.Sent);
    }

    [Fact]
    public async Task What_still_waits_has_a_message_that_comes_at_its_time()
    {
        await _rig.OpenAsync([_change], _mail);
        _rig.Answers(new DeliveryResult.Retry("Mailbox full.", TimeSpan.FromHours(2)));

        await TellAsync(_rig);

        var work = await _rig.Storage.AlertWork.GetAsync(SendingRig.Project.Id, Stop);
        Assert.Equal(_rig.Clock.GetUtcNow().AddHours(2), work.NudgeAt);
        Assert.Null(work.WorkingUntil);
    }

    [Fact]
    public async Task A_notice_to_the_operator_is_of_no_project()
    {
        var options = Microsoft.Extensions.Options.Options.Create(new AlertOptions { Operators = "admin@example.org" });
        await using var product = new SendingRig(_rig.Storage, _rig.Clock, services => services.AddSingleton(options));
        await product.Get<OperatorNotices>().TellAsync(
            ["a"], new AlertContent { Notice = NoticeNames.CheckFailed, Page = "https://a.example/", Text = "x" }, "A check failed", Stop);

        await product.Get<AlertReporter>().TellAsync(Alert.OperatorPartition, Stop);

        Assert.Equal(["admin@example.org"], product.Sent);
        Assert.Empty(await product.NoticesAsync());
    }

    private static Task TellAsync(SendingRig product) => product.Get<AlertReporter>().TellAsync(SendingRig.Project.Id, Stop);

    private async Task<T> HangAsync<T>()
    {
        _hangs.TrySetResult();
        await Never;
        throw new InvalidOperationException("It never ends.");
    }

    private SendingRig WithPlans(Action<Mock<IAlertPlanStore>> setUp)
    {
        var plans = new Mock<IAlertPlanStore>();
        setUp(plans);
        return new SendingRig(_rig.Storage, _rig.Clock, services => services.AddSingleton(plans.Object));
    }

    // As stored, but for what a test makes fail.
    private SendingRig WithAlerts(Action<Mock<IAlertStore>, IAlertStore> setUp)
    {
        var (alerts, real) = (new Mock<IAlertStore>(), _rig.Storage.Alerts);
        alerts.Setup(store => store.ReadOpenAsync(It.IsAny<ProjectId>(), It.IsAny<CancellationToken>()))
            .Returns((ProjectId project, CancellationToken token) => real.ReadOpenAsync(project, token));
        alerts.Setup(
            store => store.ReadReportedAsync(It.IsAny<ProjectId>(), It.IsAny<RowsRead<Alert>>(), It.IsAny<CancellationToken>()))
            .Returns((ProjectId project, RowsRead<Alert> open, CancellationToken token) => real.ReadReportedAsync(project, open, token));
        alerts.Setup(store => store.TrySaveAsync(It.IsAny<Alert>(), It.IsAny<CancellationToken>()))
            .Returns((Alert alert, CancellationToken token) => real.TrySaveAsync(alert, token));
        alerts.Setup(store => store.CloseAsync(It.IsAny<Alert>(), It.IsAny<CancellationToken>()))
            .Returns((Alert alert, CancellationToken token) => real.CloseAsync(alert, token));
        setUp(alerts, real);
        return new SendingRig(_rig.Storage, _rig.Clock, services => services.AddSingleton(alerts.Object));
    }

    private async Task AssertGivenBackAsync() =>
        Assert.Null((await _rig.Storage.AlertWork.GetAsync(SendingRig.Project.Id, Stop)).WorkingUntil);
}
