using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Alerts.Telling;

/// <summary>What one planning has decided so far: the step to write, and what leaves the outbox when it is written.</summary>
internal sealed class Planned
{
    public List<NewAlert> Opened { get; } = [];

    public List<UnstableLink> Unstable { get; } = [];

    public List<LinkId> Settled { get; } = [];

    public Dictionary<LinkId, string> Reminded { get; } = [];

    public List<TermLook> Looked { get; } = [];

    public List<TermLook> Looks { get; } = [];

    public Dictionary<string, DateTimeOffset> Causes { get; } = [];

    public Dictionary<string, DateTimeOffset> Digests { get; } = [];

    /// <summary>Leave the outbox: told by an opened alert, or of interest to no channel.</summary>
    public List<string> Taken { get; } = [];

    /// <summary>Leave the outbox untold.</summary>
    public List<OutboxEntry> Held { get; } = [];

    /// <summary>Before this nothing in the outbox can be ready; null when it is to be read at every nudge.</summary>
    public DateTimeOffset? ReadAt { get; set; }

    /// <summary>When what stays in the outbox may be ready; null when nothing stays.</summary>
    public DateTimeOffset? NudgeAt { get; private set; }

    /// <summary>Something did not fit into this step and is to be planned at once.</summary>
    public bool HasMore { get; set; }

    /// <summary>When the project needs attention though nothing changes.</summary>
    public DateTimeOffset? WakeAt { get; private set; }

    private int Rows => (Opened.Count * PlanStep.RowsPerAlert) + Unstable.Count + Settled.Count + Reminded.Count + Looked.Count + Looks.Count;

    /// <summary>Whether so many more rows fit; if not, there is more to plan.</summary>
    public bool Fits(int rows)
    {
        var fits = Rows + rows <= PlanStep.MaxRows;
        HasMore |= !fits;
        return fits;
    }

    public void NudgeBy(DateTimeOffset at) => NudgeAt = NudgeAt is { } earlier && earlier < at ? earlier : at;

    public void WakeBy(DateTimeOffset at) => WakeAt = WakeAt is { } earlier && earlier < at ? earlier : at;

    public PlanStep ToStep(AlertPlan plan) => new()
    {
        Plan = plan with { ReadAt = ReadAt, WakeAt = WakeAt, Causes = Causes, Digests = Digests },
        Opened = Opened,
        Unstable = Unstable,
        Settled = Settled,
        Reminded = Reminded,
        Looked = Looked,
        Looks = Looks,
    };
}
