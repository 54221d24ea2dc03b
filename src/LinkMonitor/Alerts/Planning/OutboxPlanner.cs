using LinkMonitor.Alerts.Incidents;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Ids;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Alerts.Planning;

/// <summary>Makes alerts of what waits in the outbox: groups it, waits for groups to be complete, holds unstable links. Pure.</summary>
internal sealed class OutboxPlanner(AlertDrafting drafting, FlappingPlanner flapping, IOptions<AlertOptions> options)
{
    public void Plan(PlanInput input, PlanDraft draft)
    {
        if (input.Waiting.Count == 0)
            return;
        var view = OutboxView.Of(input, options.Value);
        draft.Hold(view.Held);
        draft.TryAdd(new AlertBundle { Taken = [.. view.Muted.Select(entry => entry.Key)] });
        foreach (var readyAt in view.WaitsUntil)
            Wait(input.Context, draft, readyAt);

        // What became unstable leaves its incident, which may then have another cause.
        var stable = flapping.Plan(input, view.Ready, draft);
        foreach (var incident in IncidentGrouping.Group(stable, OutboxView.VendorsOf(input)))
        {
            if (!TryReport(input.Context, incident, draft))
                break;
        }

        // The rest of the outbox comes when there is room for it; without progress it waits like what was read.
        if (input.IsCut && draft.Taken.Count + draft.Held.Count > 0)
            draft.LeaveMore();
    }

    private bool TryReport(PlanContext context, Incident incident, PlanDraft draft)
    {
        var isReported = false;
        foreach (var part in Parts(context, incident, Alert.MaxChanges))
        {
            // The cause is not noted yet: the rest of the incident is not to wait for the time between two alerts of it.
            if (!draft.TryAdd(part))
                return false;
            isReported |= part.Opened.Count > 0;
        }

        if (isReported)
            draft.Causes[IncidentTiming.KeyOf(incident)] = context.Now;
        return true;
    }

    /// <summary>
    /// The incident in alerts; where many channels need more rows for it than a step has, in several with fewer changes each.
    /// </summary>
    private IEnumerable<AlertBundle> Parts(PlanContext context, Incident incident, int size)
    {
        foreach (var changes in incident.Changes.Chunk(size))
        {
            var part = new AlertBundle
            {
                Opened = drafting.Draft(context, incident with { Changes = changes }),
                Taken = [.. changes.Select(change => change.OutboxKey)],
            };
            if (PlanDraft.FitsAlone(part) || changes.Length == 1)
            {
                yield return part;
                continue;
            }

            foreach (var smaller in Parts(context, incident with { Changes = changes }, (changes.Length + 1) / 2))
                yield return smaller;
        }
    }

    private void Wait(PlanContext context, PlanDraft draft, DateTimeOffset readyAt)
    {
        // A change that comes meanwhile may be ready this soon, whatever the others wait for; without a delay it is ready when it comes.
        var latest = context.Now + options.Value.GroupingDelay;
        if (latest > context.Now)
        {
            readyAt = readyAt < latest ? readyAt : latest;
            draft.ReadBy(readyAt);
        }

        draft.NudgeBy(readyAt);
    }
}

/// <summary>What is written together or not at all: alerts with what they leave behind.</summary>
internal sealed record AlertBundle
{
    public IReadOnlyList<NewAlert> Opened { get; init; } = [];

    public IReadOnlyList<UnstableLink> Unstable { get; init; } = [];

    public IReadOnlyList<LinkId> Settled { get; init; } = [];

    public IReadOnlyDictionary<LinkId, string> Reminded { get; init; } = new Dictionary<LinkId, string>();

    public IReadOnlyList<TermCheck> CheckedTerms { get; init; } = [];

    public IReadOnlyList<TermCheck> TermChecks { get; init; } = [];

    public IReadOnlyList<CaseCheck> CheckedCases { get; init; } = [];

    public IReadOnlyList<CaseCheck> CaseChecks { get; init; } = [];

    public IReadOnlyDictionary<string, string> CasesReminded { get; init; } = new Dictionary<string, string>();

    /// <summary>Outbox keys that leave with it: reported by an alert of this part, or of interest to no channel.</summary>
    public IReadOnlyList<string> Taken { get; init; } = [];

    /// <summary>The rows it takes of a step.</summary>
    public int Rows => (Opened.Count * PlanResult.RowsPerAlert) + SmallRows;

    /// <summary>An upper bound of what it takes of a step's bytes.</summary>
    public int Bytes => Opened.Sum(PlanResult.BytesOf) + (SmallRows * PlanResult.BytesPerSmallRow);

    private int SmallRows => Unstable.Count + Settled.Count + Reminded.Count + CheckedTerms.Count + TermChecks.Count
        + CheckedCases.Count + CaseChecks.Count + CasesReminded.Count;
}
