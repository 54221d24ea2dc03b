using LinkMonitor.Alerts.Planning;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.LinkTypes;
using LinkMonitor.Tests.Alerts.Incidents;
using TellingTime = LinkMonitor.Storage.Channels.AlertTiming;

namespace LinkMonitor.Tests.Alerts.Planning;

/// <summary>
/// What must hold for any project: every step fits a transaction, every step gets on, and nothing is left out or reported by none.
/// </summary>
public sealed class AlertPlannerProperties
{
    private const int Projects = 12;

    [Fact]
    public void Every_step_of_any_project_fits_a_transaction_and_gets_on()
    {
        for (var seed = 0; seed < Projects; seed++)
        {
            using var project = Random(seed);
            for (var step = 0; ; step++)
            {
                Assert.True(step < 100, $"Project {seed} is not done after {step} steps.");
                var before = (project.Outbox.Count, Due(project), project.Opened.Count);
                var draft = project.Step();
                var written = draft.ToStep(project.Plan);
                Assert.InRange(written.Rows, 0, PlanResult.MaxRows);
                Assert.InRange(written.Opened.Sum(PlanResult.BytesOf), 0, PlanResult.MaxBytes);
                if (!draft.HasMore)
                    break;
                Assert.True(before != (project.Outbox.Count, Due(project), project.Opened.Count), $"Project {seed} stands still.");
            }
        }
    }

    [Fact]
    public void Every_change_of_any_project_is_reported_to_every_channel_that_wants_it_at_once()
    {
        for (var seed = 0; seed < Projects; seed++)
        {
            using var project = Random(seed);
            var all = project.Outbox.ToList();

            project.StepUntilAllIsReported();

            foreach (var channel in project.Channels)
            {
                var reported = project.Opened.Where(
                    opened => opened.Alert.Deliveries.Any(delivery => delivery.ChannelId == channel.Id.Value))
                    .SelectMany(opened => opened.OutboxKeys).ToHashSet(StringComparer.Ordinal);
                var wanted = all.Where(change =>
                    !project.EverUnstable.Contains(change.LinkId)
                        && channel.Choice.For(change, ProjectTypes.BuiltIn) == TellingTime.AtOnce);
                Assert.All(wanted, change => Assert.Contains(change.OutboxKey, reported));
            }
        }
    }

    private static int Due(PlannedProject project) => project.TermChecks.Count(look => look.At <= project.Now);

    private static PlannedProject Random(int seed)
    {
        var random = new Random(seed);
        var project = new PlannedProject { Now = Happening.Noon.AddDays(1) };
        for (var number = random.Next(1, 60); number > 0; number--)
        {
            var isMail = random.Next(2) == 0;
            var address = isMail ? $"reader{number}@example.org" : $"https://hooks.example.org/{number}";
            project.AddChannel(isMail ? ChannelKind.Email : ChannelKind.Webhook, address, topics => Choose(random, topics));
        }

        var hosts = random.Next(1, 80);
        for (var number = random.Next(0, 400); number > 0; number--)
            project.Add(Change(random, hosts, number));
        for (var number = random.Next(0, 80); number > 0; number--)
            project.AddEndingTerm($"https://paid{number}.example/");
        return project;
    }

    private static void Choose(Random random, Dictionary<string, TellingTime> topics)
    {
        foreach (var topic in new[] { "rel-changed", "link-removed", "page-gone", Topics.Recovered, Topics.Terms, Topics.Unstable })
        {
            if (random.Next(3) == 0)
                topics[topic] = (TellingTime)random.Next(3);
        }
    }

    private static LinkChange Change(Random random, int hosts, int number)
    {
        var (page, target) = ($"https://blog{random.Next(hosts)}.example/{random.Next(5)}", $"https://example.org/{random.Next(3)}");
        return random.Next(4) switch
        {
            0 => Happening.Lost(page, target, number, ReasonCode.PageGone),
            1 => Happening.Lost(page, target, number),
            2 => Happening.Changed(page, target, number, ReasonCode.RelChanged),
            _ => Happening.Recovered(page, target, number, ReasonCode.RelChanged),
        };
    }
}
