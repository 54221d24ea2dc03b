using LinkMonitor.Alerts.Incidents;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
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

/// <summary>The outbox sorted: what is held, what is muted, what is ready to be reported, and what waits until when. Pure.</summary>
/// <param name="Held">Of unstable links.</param>
/// <param name="Muted">Of links whose alerts somebody has switched off.</param>
/// <param name="Ready">Changes of complete incidents.</param>
/// <param name="WaitsUntil">When each incident that is not complete may be.</param>
internal sealed record OutboxView(
    IReadOnlyList<OutboxEntry> Held, IReadOnlyList<OutboxEntry> Muted, IReadOnlyList<LinkChange> Ready,
    IReadOnlyList<DateTimeOffset> WaitsUntil)
{
    public static OutboxView Of(PlanInput input, AlertOptions options)
    {
        var isHeld = input.Unstable.Select(link => link.LinkId).Concat(input.UnreadableUnstable.Select(id => new LinkId(id))).ToHashSet();
        var held = input.Waiting.Where(entry => isHeld.Contains(entry.Change.LinkId)).ToList();
        var others = input.Waiting.Where(entry => !isHeld.Contains(entry.Change.LinkId))
            .ToLookup(entry => input.LinkOf(entry.Change)?.IsMutedAt(input.Context.Now) == true);
        var ready = new List<LinkChange>();
        var waits = new List<DateTimeOffset>();
        foreach (var incident in IncidentGrouping.Group(others[false].Select(entry => entry.Change), VendorsOf(input)))
        {
            var readyAt = IncidentTiming.ReadyAt(incident, input.Context, options);
            if (readyAt <= input.Context.Now)
                ready.AddRange(incident.Changes);
            else
                waits.Add(readyAt);
        }

        return new OutboxView(held, [.. others[true]], ready, waits);
    }

    /// <summary>Who sold the link of a change, with one spelling for all spellings of a vendor; null for nobody.</summary>
    public static Func<LinkChange, string?> VendorsOf(PlanInput input)
    {
        var vendors = input.Links.Values
            .Where(link => VendorName.Key(link.Terms?.Vendor).Length > 0)
            .GroupBy(link => VendorName.Key(link.Terms?.Vendor), StringComparer.Ordinal)
            .SelectMany(
                vendor => vendor.Select(link => (link.Id, Name: vendor.Select(one => one.Terms!.Vendor!).Min(StringComparer.Ordinal)!)))
            .ToDictionary(link => link.Id, link => link.Name);
        return change => vendors.GetValueOrDefault(change.LinkId);
    }
}

/// <summary>When an incident is complete enough to be reported. Pure; see docs/decisions/0013-when-alerts-are-sent.md.</summary>
internal static class IncidentTiming
{
    /// <summary>
    /// When its newest change is old enough that no more seem to come, or its oldest has waited long enough; and not too soon after the
    /// last alert of the same cause. A change from the future is as old as can be: nobody knows how long it waits already.
    /// </summary>
    public static DateTimeOffset ReadyAt(Incident incident, PlanContext context, AlertOptions options)
    {
        var plan = context.Plan;
        var times = incident.Changes.Select(
            change => StoredTime.IsFromFuture(change.Transition.At, context.Now) ? Unknown : change.Transition.At).ToList();
        var (oldest, newest) = (times.Min(), times.Max());
        var limit = IsShared(incident.Cause.Kind) ? options.MaxSharedGroupingDelay : options.MaxGroupingDelay;
        var complete = Earlier(newest + options.GroupingDelay, oldest + limit);
        return plan.Causes.TryGetValue(KeyOf(incident), out var told) && told + options.GroupInterval > complete
            ? told + options.GroupInterval
            : complete;
    }

    /// <summary>The same for two incidents of one cause.</summary>
    public static string KeyOf(Incident incident)
    {
        var first = incident.Changes[0];
        var subject = incident.Cause.Subject ?? first.LinkId.Value;
        return AlertIds.OfCause($"{WireName.Of(incident.Cause.Kind)}\n{subject}\n{WireName.Of(first.Transition.To)}");
    }

    // Long ago, and far enough from the end of time to be reckoned with.
    private static readonly DateTimeOffset Unknown = DateTimeOffset.UnixEpoch;

    // Many pages have a part in these, and a host's pages are checked one after the other.
    private static bool IsShared(CauseKind kind) => kind is CauseKind.Host or CauseKind.Target or CauseKind.Vendor;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
