using LinkMonitor.Alerts.Planning;
using LinkMonitor.Placements;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Testing;
using LinkMonitor.Tests.Alerts.Incidents;
using Microsoft.Extensions.Options;
using TellingTime = LinkMonitor.Storage.Channels.AlertTiming;

namespace LinkMonitor.Tests.Alerts.Planning;

/// <summary>
/// A project in memory that is planned step by step: what a step decides is applied to it as storage would, and the next one starts there.
/// </summary>
internal sealed class PlannedProject : IDisposable
{
    private readonly AlertChannelHost _host = new(TimeProvider.System);
    private readonly AlertPlanner _planner;
    private readonly AlertOptions _options = new();

    public PlannedProject()
    {
        var options = Options.Create(_options);
        var drafting = new AlertDrafting(_host.Channels);
        _planner = new AlertPlanner(
            new OutboxPlanner(drafting, new FlappingPlanner(drafting, options), options),
            new UnstablePlanner(drafting, options),
            new DigestPlanner(drafting),
            new TermPlanner(drafting, Options.Create(new PlacementOptions())),
            new CasePlanner(drafting),
            options);
    }

    public DateTimeOffset Now { get; set; } = Happening.Noon.AddHours(1);

    public List<Channel> Channels { get; } = [];

    /// <summary>What waits in the outbox.</summary>
    public List<LinkChange> Outbox { get; } = [];

    public List<TermCheck> TermChecks { get; } = [];

    public List<UnstableLink> Unstable { get; } = [];

    /// <summary>Also those that have settled since.</summary>
    public HashSet<LinkId> EverUnstable { get; } = [];

    public Dictionary<LinkId, WatchedLink> Links { get; } = [];

    public Dictionary<LinkId, string> Reminded { get; } = [];

    /// <summary>Everything that ever changed.</summary>
    public List<LinkChange> Past { get; } = [];

    public AlertPlan Plan { get; private set; } = new() { ProjectId = Happening.Project };

    /// <summary>The alerts opened so far.</summary>
    public List<NewAlert> Opened { get; } = [];

    public void Add(LinkChange change)
    {
        Outbox.Add(change);
        Past.Add(change);
    }

    public Channel AddChannel(ChannelKind kind, string address, Action<Dictionary<string, TellingTime>>? choose = null)
    {
        var byTopic = new Dictionary<string, TellingTime>();
        choose?.Invoke(byTopic);
        var channel = StorageSamples.Channel(Happening.Project, address) with
        {
            Kind = kind,
            Id = ChannelIdFactory.For(Happening.Project, kind, address),
            Choice = new AlertChoice { ByTopic = byTopic, Otherwise = TellingTime.AtOnce },
            Quiet = null,
            Digest = null,
            State = ChannelState.Active,
        };
        Channels.Add(channel);
        return channel;
    }

    /// <summary>A link whose paid term ends in three days, which is to be reminded of.</summary>
    public void AddEndingTerm(string page)
    {
        var link = StorageSamples.Link(Happening.Project, page) with
        {
            Terms = StorageSamples.Terms with { End = DateOnly.FromDateTime(Now.UtcDateTime).AddDays(3) },
        };
        Links[link.Id] = link;
        TermChecks.Add(new TermCheck(link.Id, Now.AddMinutes(-5)));
    }

    /// <summary>Plans one step and applies it.</summary>
    public PlanDraft Step(int maxRead = Alert.MaxChanges)
    {
        var draft = _planner.Plan(Input(maxRead));
        Apply(draft);
        return draft;
    }

    /// <summary>Plans until nothing is left that could be planned now.</summary>
    /// <returns>The steps it took.</returns>
    public int StepToTheEnd(int maxSteps = 200)
    {
        for (var steps = 1; steps <= maxSteps; steps++)
        {
            if (!Step().HasMore)
                return steps;
        }

        throw new InvalidOperationException($"There was more to plan after {maxSteps} steps.");
    }

    /// <summary>Plans to the end, and again when what waits may be ready, until the outbox is empty.</summary>
    public void StepUntilAllIsReported()
    {
        for (var round = 0; round < 50; round++)
        {
            StepToTheEnd();
            if (Outbox.Count == 0)
                return;
            Now += _options.GroupInterval;
        }

        throw new InvalidOperationException($"{Outbox.Count} changes were never reported.");
    }

    public void Dispose() => _host.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private PlanInput Input(int maxRead)
    {
        var project = StorageSamples.Project(Happening.Project) with { TimeZone = "UTC" };
        var due = TermChecks.Where(look => look.At <= Now).OrderBy(look => look.At).ToList();
        var input = new PlanInput
        {
            Context = new PlanContext(project, Plan, Channels, Now),
            Waiting =
                [
                    .. Outbox.OrderBy(change => change.Transition.At)
                    .Take(maxRead)
                    .Select(change => new OutboxEntry(change.OutboxKey, change)),
                ],
            IsCut = Outbox.Count > maxRead,
            Links = Links,
            Unstable = [.. Unstable],
            TermChecks = [.. due.Take(TermPlanner.MaxReminders)],
            HasMoreTermChecks = due.Count > TermPlanner.MaxReminders,
            NextTermCheckAt = TermChecks.Where(look => look.At > Now).Select(look => (DateTimeOffset?)look.At).Min(),
            Reminded = Reminded,
            ChannelsWithNews = Channels.Select(channel => channel.Id.Value).ToHashSet(),
        };
        return input with
        {
            Histories = Past.GroupBy(change => change.LinkId).ToDictionary(
                link => link.Key, link => (IReadOnlyList<LinkChange>)[.. link.OrderBy(change => change.Transition.At)]),
        };
    }

    private void Apply(PlanDraft draft)
    {
        var step = draft.ToStep(Plan);
        Plan = step.Plan;
        Opened.AddRange(step.Opened);
        var gone = draft.Taken.Concat(draft.Held.Select(entry => entry.Key)).ToHashSet(StringComparer.Ordinal);
        Outbox.RemoveAll(change => gone.Contains(change.OutboxKey));
        TermChecks.RemoveAll(step.CheckedTerms.Contains);
        TermChecks.AddRange(step.TermChecks);
        Unstable.RemoveAll(link => step.Settled.Contains(link.LinkId) || step.Unstable.Any(other => other.LinkId == link.LinkId));
        Unstable.AddRange(step.Unstable);
        EverUnstable.UnionWith(step.Unstable.Select(link => link.LinkId));
        foreach (var (link, id) in step.Reminded)
            Reminded[link] = id;
    }
}
