using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Alerts.Planning;

/// <summary>What is written together or not at all: alerts with what they leave behind.</summary>
internal sealed record PlanPart
{
    public IReadOnlyList<NewAlert> Opened { get; init; } = [];

    public IReadOnlyList<UnstableLink> Unstable { get; init; } = [];

    public IReadOnlyList<LinkId> Settled { get; init; } = [];

    public IReadOnlyDictionary<LinkId, string> Reminded { get; init; } = new Dictionary<LinkId, string>();

    public IReadOnlyList<TermLook> Looked { get; init; } = [];

    public IReadOnlyList<TermLook> Looks { get; init; } = [];

    /// <summary>Outbox keys that leave with it: reported by an alert of this part, or of interest to no channel.</summary>
    public IReadOnlyList<string> Taken { get; init; } = [];

    /// <summary>The rows it takes of a step.</summary>
    public int Rows => (Opened.Count * PlanStep.RowsPerAlert) + Unstable.Count + Settled.Count + Reminded.Count + Looked.Count + Looks.Count;

    /// <summary>An upper bound of what it takes of a step's bytes.</summary>
    public int Bytes => Opened.Sum(PlanStep.BytesOf)
        + ((Unstable.Count + Settled.Count + Reminded.Count + Looked.Count + Looks.Count) * PlanStep.BytesPerSmallRow);
}
