using LinkMonitor.Storage.Links;

namespace LinkMonitor.Storage.Alerts;

/// <summary>What one planning decided; written whole or not at all.</summary>
public sealed record PlanStep
{
    /// <summary>Rows that one step may write beside the plan: the service takes 100 in a transaction.</summary>
    public const int MaxRows = 99;

    /// <summary>Rows that each opened alert takes.</summary>
    public const int RowsPerAlert = 2;

    public required AlertPlan Plan { get; init; }

    public IReadOnlyList<NewAlert> Opened { get; init; } = [];

    /// <summary>Links that are held from now on, or still.</summary>
    public IReadOnlyList<UnstableLink> Unstable { get; init; } = [];

    /// <summary>Links that are held no more.</summary>
    public IReadOnlyList<LinkId> Settled { get; init; } = [];

    /// <summary>By link: the reminder told last, so that none is told twice.</summary>
    public IReadOnlyDictionary<LinkId, string> Reminded { get; init; } = new Dictionary<LinkId, string>();

    /// <summary>Looks at terms that were taken.</summary>
    public IReadOnlyList<TermLook> Looked { get; init; } = [];

    /// <summary>Looks at terms to come.</summary>
    public IReadOnlyList<TermLook> Looks { get; init; } = [];

    public int Rows => (Opened.Count * RowsPerAlert) + Unstable.Count + Settled.Count + Reminded.Count + Looked.Count + Looks.Count;
}
