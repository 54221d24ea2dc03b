using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Alerts.Incidents;

/// <summary>Changes of links, with only what grouping and choice read.</summary>
internal static class Happening
{
    public static readonly ProjectId Project = new("prj_abcdefghij234567");
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static LinkChange Lost(
        string page, string target = "https://example.org/", int second = 0, ReasonCode why = ReasonCode.LinkRemoved) =>
        Change(page, target, second, LinkState.Live, LinkState.Lost, [], [why]);

    public static LinkChange Changed(string page, string target = "https://example.org/", int second = 0, params ReasonCode[] why) =>
        Change(page, target, second, LinkState.Live, LinkState.Changed, [], why);

    public static LinkChange Recovered(string page, string target = "https://example.org/", int second = 0, params ReasonCode[] from) =>
        Change(page, target, second, LinkState.Changed, LinkState.Live, from, []);

    public static LinkChange Wide(LinkChange change) => change with
    {
        Transition = change.Transition with { After = change.Transition.After with { Scope = new ScopeFinding(ChangeScope.Many, 10, 5) } },
    };

    private static LinkChange Change(
        string page, string target, int second, LinkState from, LinkState to, ReasonCode[] before, ReasonCode[] after)
    {
        var link = StorageSamples.Link(Project, page, target);
        var transition = new LinkTransition
        {
            From = from,
            To = to,
            ReasonsBefore = [.. before.Select(StorageSamples.Reason)],
            ReasonsAfter = [.. after.Select(StorageSamples.Reason)],
            At = Noon.AddSeconds(second),
            Since = Noon.AddSeconds(second),
            Before = null,
            After = StorageSamples.Evidence(Noon.AddSeconds(second)) with { Scope = null },
            Alerts = true,
        };
        return new LinkChange
        {
            Id = ChangeIdFactory.For(Project, link.Id, transition),
            ProjectId = Project,
            LinkId = link.Id,
            Page = link.Page,
            Target = link.Expectation.Target,
            Transition = transition,
        };
    }
}
