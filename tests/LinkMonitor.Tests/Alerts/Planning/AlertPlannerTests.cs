using LinkMonitor.Alerts.Planning;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Links;
using LinkMonitor.Tests.Alerts.Incidents;

namespace LinkMonitor.Tests.Alerts.Planning;

public sealed class AlertPlannerTests : IDisposable
{
    private readonly PlannedProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Many_incidents_and_many_reminders_at_once_fit_into_the_steps_they_need()
    {
        _project.AddChannel(ChannelKind.Email, "anna@example.org");
        for (var number = 0; number < 60; number++)
        {
            _project.Add(Happening.Lost($"https://blog{number}.example/", $"https://example.org/{number}"));
            _project.AddEndingTerm($"https://paid{number}.example/");
        }

        _project.StepToTheEnd();

        Assert.Empty(_project.Outbox);
        Assert.Equal(60, _project.Opened.Count(opened => opened.Alert.Kind == AlertKind.Incident));
        Assert.Equal(
            60,
            _project.Opened.Where(opened => opened.Alert.Kind == AlertKind.Terms).Sum(opened => opened.Alert.Content!.Reminders!.Count));
        Assert.Equal(60, _project.Reminded.Count);
    }

    [Fact]
    public void What_did_not_fit_is_planned_at_once_though_something_else_still_waits()
    {
        _project.AddChannel(ChannelKind.Email, "anna@example.org");
        for (var number = 0; number < 60; number++)
            _project.Add(Happening.Lost($"https://blog{number}.example/", $"https://example.org/{number}"));
        _project.Now = Happening.Noon.AddMinutes(10);
        _project.Add(Happening.Lost("https://late.example/", "https://example.org/late", second: 595));

        var first = _project.Step();

        Assert.True(first.HasMore);
        Assert.Null(_project.Plan.ReadAt);
        _project.StepToTheEnd();
        Assert.Equal("late.example", Assert.Single(_project.Outbox).Page.Host);
        Assert.Equal(60, _project.Opened.Count);
        Assert.NotNull(_project.Plan.ReadAt);
    }

    [Fact]
    public void An_incident_that_needs_more_rows_than_a_step_has_is_cut_into_alerts_that_fit()
    {
        for (var number = 0; number < 100; number++)
            _project.AddChannel(ChannelKind.Webhook, $"https://hooks.example.org/{number}");
        for (var number = 0; number < 1_000; number++)
            _project.Add(Happening.Lost($"https://blog.example/{number}"));

        _project.StepToTheEnd();

        Assert.Empty(_project.Outbox);
        foreach (var channel in _project.Channels)
        {
            var told = _project.Opened.Where(opened => opened.Alert.Deliveries.Any(delivery => delivery.ChannelId == channel.Id.Value));
            Assert.Equal(1_000, told.SelectMany(opened => opened.OutboxKeys).Distinct().Count());
        }
    }

    [Fact]
    public void An_outbox_larger_than_one_reading_is_planned_to_its_end()
    {
        _project.AddChannel(ChannelKind.Email, "anna@example.org");
        for (var number = 0; number < 7_000; number++)
            _project.Add(Happening.Lost($"https://blog.example/{number}"));

        _project.StepUntilAllIsReported();

        Assert.Equal(7_000, _project.Opened.Sum(opened => opened.Alert.ChangeCount));
    }

    [Fact]
    public void A_step_with_nothing_to_do_leaves_nothing_for_another()
    {
        _project.AddChannel(ChannelKind.Email, "anna@example.org");
        _project.Add(Happening.Lost("https://blog.example/", second: 3_590));

        var draft = _project.Step();

        Assert.False(draft.HasMore);
        Assert.Empty(_project.Opened);
        Assert.Equal(Happening.Noon.AddSeconds(3_620), draft.NudgeAt);
    }

    [Fact]
    public void A_part_that_fits_into_no_step_is_refused_where_it_is_made()
    {
        var looks = Enumerable.Range(0, PlanResult.MaxRows + 1).Select(number => new TermCheck(new($"lnk_{number}"), Happening.Noon));

        Assert.Throws<ArgumentException>(() => new PlanDraft().TryAdd(new AlertBundle { CheckedTerms = [.. looks] }));
    }

    [Fact]
    public void Links_that_become_unstable_together_are_all_held_in_the_end()
    {
        _project.AddChannel(ChannelKind.Email, "anna@example.org");
        for (var number = 0; number < 150; number++)
        {
            for (var turn = 0; turn < 6; turn++)
                _project.Add(Turn(number, turn));
        }

        _project.StepToTheEnd();

        Assert.Empty(_project.Outbox);
        Assert.Equal(150, _project.Unstable.Count);
        Assert.Equal(150, _project.Opened.Count(opened => opened.Alert.Kind == AlertKind.Unstable));

        static LinkChange Turn(int number, int turn) => turn % 2 == 0
            ? Happening.Changed($"https://blog{number}.example/", $"https://example.org/{number}", turn * 60, ReasonCode.RelChanged)
            : Happening.Recovered($"https://blog{number}.example/", $"https://example.org/{number}", turn * 60, ReasonCode.RelChanged);
    }
}
