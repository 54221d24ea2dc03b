using LinkMonitor.Alerts.Planning;
using LinkMonitor.Cases;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Cases;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Alerts.Planning;

/// <summary><see cref="CasePlanner"/> and <see cref="CaseCalendar"/>.</summary>
public sealed class CasePlannerTests : IDisposable
{
    private static readonly ProjectId Project = new("prj_a");
    private static readonly DateTimeOffset Noon = StorageSamples.Noon;
    private static readonly DateOnly Today = DateOnly.FromDateTime(Noon.UtcDateTime);

    private static readonly LinkCase Case = StorageSamples.Case(StorageSamples.Link(Project), Noon.AddDays(-5)) with
    {
        Status = CaseStatus.Promised,
        ClosedAt = null,
        ClosedBy = null,
        RecoveredAt = null,
        Promised = Today,
        Due = Today.AddDays(3),
    };

    private readonly AlertChannelHost _host = new(TimeProvider.System);

    [Fact]
    public void A_day_that_has_come_is_reminded_of_once_and_the_next_one_is_looked_at_on_its_day()
    {
        var first = Plan(Case, null, Noon);
        var again = Plan(Case, first.CasesReminded[Case.Id], Noon.AddHours(1));
        var later = Plan(Case, first.CasesReminded[Case.Id], Noon.AddDays(3));

        Assert.Equal(Today, Assert.Single(Assert.Single(first.Opened).Alert.Content!.CaseReminders!).Day);
        Assert.Equal(LocalTimes.Start(Today.AddDays(3), TimeZoneInfo.Utc), Assert.Single(first.CaseChecks).At);
        Assert.Empty(again.Opened);
        var due = Assert.Single(Assert.Single(later.Opened).Alert.Content!.CaseReminders!);
        Assert.Equal((Today.AddDays(3), false), (due.Day, due.IsPromise));
        Assert.Empty(later.CaseChecks);
        Assert.Single(later.CheckedCases);
    }

    [Fact]
    public void A_closed_case_and_one_that_is_gone_are_reminded_of_no_more()
    {
        var closed = Case with { Status = CaseStatus.Fixed, ClosedAt = Noon };

        Assert.Empty(Plan(closed, null, Noon).Opened);
        Assert.Empty(Plan(null, null, Noon).Opened);
        Assert.Single(Plan(null, null, Noon).CheckedCases);
        Assert.Empty(CaseCalendar.Of(closed, TimeZoneInfo.Utc));
    }

    [Fact]
    public void A_promise_that_nobody_waits_for_any_more_is_no_day()
    {
        var contacted = Case with { Status = CaseStatus.Contacted };

        Assert.False(Assert.Single(CaseCalendar.Of(contacted, TimeZoneInfo.Utc)).Reminder.IsPromise);
    }

    [Theory]
    [InlineData(AlertTiming.AtOnce, 1)]
    [InlineData(AlertTiming.Digest, 1)]
    [InlineData(AlertTiming.Never, 0)]
    public void Whoever_wants_reminders_of_cases_at_all_gets_them_on_the_day(AlertTiming timing, int copies) =>
        Assert.Equal(copies, Plan(Case, null, Noon, timing).Opened.Sum(opened => opened.Alert.Deliveries.Count));

    public void Dispose() => _host.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private PlanResult Plan(LinkCase? one, string? reminded, DateTimeOffset now, AlertTiming timing = AlertTiming.AtOnce)
    {
        var channel = StorageSamples.Channel(Project, "anna@example.org") with
        {
            Kind = ChannelKind.Email,
            Choice = new AlertChoice { ByTopic = new Dictionary<string, AlertTiming> { [Topics.Cases] = timing } },
            Quiet = null,
            State = ChannelState.Active,
        };
        var plan = new AlertPlan { ProjectId = Project };
        var project = StorageSamples.Project(Project) with { TimeZone = "UTC" };
        var draft = new PlanDraft();
        new CasePlanner(new AlertDrafting(_host.Channels)).Plan(
            new PlanInput
            {
                Context = new PlanContext(project, plan, [channel], now),
                CaseChecks = [new CaseCheck(Case.Id, now)],
                Cases = one is null ? new Dictionary<string, LinkCase>() : new Dictionary<string, LinkCase> { [one.Id] = one },
                CasesReminded =
                    reminded is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [Case.Id] = reminded },
            },
            draft);
        return draft.ToStep(plan);
    }
}
