using LinkMonitor.Alerts.Composing.Facts;
using LinkMonitor.Alerts.Incidents;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Cases;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Tests.Alerts.Composing;

/// <summary>A matter of every kind with one hostile text in every field that can hold one.</summary>
internal static class HostileMatters
{
    private static readonly DateTimeOffset Noon = Sample.Noon;

    public static IReadOnlyList<string> Kinds { get; } = [.. With("x").Keys];

    public static IReadOnlyDictionary<string, AlertFacts> With(string text)
    {
        var project = Sample.Project with { Name = text, TimeZone = text };
        var change = Change(text, 1);
        var link = LinkName.Of(change);
        var stake = new LinkCost(1_000_000m, text, text);
        var stakes = new Dictionary<LinkId, LinkCost> { [change.LinkId] = stake };
        var term =
            new DueTerm
            {
                Link = link,
                State = LinkState.Live,
                End = new DateOnly(2026, 3, 1),
                DaysLeft = -1,
                Vendor = text,
                Contact = text,
                Stake = stake,
            };
        return new Dictionary<string, AlertFacts>
        {
            ["link"] = Incident(project, CauseKind.Link, text, [change], stakes),
            ["vendor"] = Incident(project, CauseKind.Vendor, text, [change, Change(text, 2)], stakes),
            ["target"] = Incident(project, CauseKind.Target, text, [Broken(text, 1), Broken(text, 2)], stakes),
            ["host"] = Incident(project, CauseKind.Host, text, [.. Enumerable.Range(1, 20).Select(n => Change(text, n))], stakes),
            ["unstable"] = new UnstableFacts
            {
                AlertId = Sample.AlertId,
                Project = project,
                Link = link,
                Changes = [change],
                Count = 30,
                Window = TimeSpan.FromDays(2),
                SettlesAfter = TimeSpan.FromDays(1),
                Stake = stake,
            },
            ["settled"] =
                new SettledFacts
                {
                    AlertId = Sample.AlertId,
                    Project = project,
                    Change = change,
                    For = TimeSpan.FromDays(1),
                    HeldBack = 3,
                    Stake = stake,
                },
            ["digest"] = new DigestFacts
            {
                AlertId = Sample.AlertId,
                Project = project,
                From = Noon.AddDays(-1),
                To = Noon,
                Totals = new Dictionary<LinkState, int> { [LinkState.Live] = 3 },
                Changes = [change],
                Open = [new DeviatingLink(link, LinkState.Changed, change.Transition.ReasonsAfter, Noon)],
                Unverifiable = [new UnverifiableLink(link, ReasonCode.Blocked, null)],
                Terms = [term],
                Stakes = stakes,
                OpenStakes = CostSum.Of(stakes.Values),
            },
            ["terms"] = new TermsFacts { AlertId = Sample.AlertId, Project = project, Events = [term] },
            ["cases"] = new CasesFacts
            {
                AlertId = Sample.AlertId,
                Project = project,
                Events =
                [
                    new DueCase
                    {
                        Link = link, Status = CaseStatus.Open, State = LinkState.Lost, Day = new DateOnly(2026, 11, 21), IsPromise = false,
                        DaysLeft = 0, Owner = text,
                    },
                ],
            },
            ["network"] =
                new NetworkNotice { AlertId = Sample.AlertId, Since = Noon, NotJudged = 3, FailedControls = [text, text], TimeZone = text },
            ["channel"] =
                new ChannelNotice
                {
                    AlertId = Sample.AlertId,
                    Project = project,
                    Channel = ChannelKind.Webhook,
                    Name = text,
                    Reason = text,
                    At = Noon,
                },
            ["test"] = new TestFacts { AlertId = Sample.AlertId, Project = project, ChannelName = text, At = Noon },
        };
    }

    private static IncidentFacts Incident(
        Project project, CauseKind kind, string text, IReadOnlyList<LinkChange> changes,
        IReadOnlyDictionary<LinkId, LinkCost> stakes) => new()
        {
            AlertId = Sample.AlertId,
            Project = project,
            Incident = new Incident(new Cause(kind, text), changes),
            Stakes = stakes,
            AtStake = CostSum.Of(stakes.Values),
        };

    private static LinkChange Change(string text, int number) =>
        Sample.Change(Transition(text), $"https://blog.example.net/?q={Uri.EscapeDataString(Halved(text))}", number: number);

    private static LinkChange Broken(string text, int number) => Sample.Change(
        Transition(text) with { ReasonsAfter = [Sample.Reason(ReasonCode.TargetBroken, text, text, text)] }, number: number);

    // Half a surrogate pair is no text that a URL could be made of.
    private static string Halved(string text) => string.Concat(text.EnumerateRunes());

    private static LinkTransition Transition(string text) => Sample.Nofollow with
    {
        ReasonsBefore = [Sample.Reason(ReasonCode.Hidden, text, text, text)],
        ReasonsAfter = [Sample.Reason(ReasonCode.RelChanged, text, text, text), Sample.Reason(ReasonCode.AnchorChanged, text, text, text)],
        Before = Sample.Alive(Noon.AddDays(-1)) with { Title = text, Snippet = text, Anchor = "before", Canonical = text },
        After = Sample.Alive(Noon) with
        {
            Detail = text,
            FinalUrl = text,
            Title = text,
            Canonical = text,
            WhereItWas = text,
            LinkUrl = text,
            Rel = [text, text],
            Anchor = text,
            Snippet = text + "!",
            ContextBefore = text,
            ContextAfter = text,
        },
    };
}
