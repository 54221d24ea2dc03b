using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Links;
using LinkMonitor.Wording;

namespace LinkMonitor.Alerts.Sending;

/// <summary>What of a period's changes one channel hears: how many of each kind, and as many of them as a digest can hold.</summary>
internal sealed class DigestNews
{
    private readonly Dictionary<LinkState, int> _to = [];

    /// <summary>By the state they led to.</summary>
    public IReadOnlyDictionary<LinkState, int> To => _to;

    /// <summary>The worst first, then the newest: as the letter has them.</summary>
    public TopItems<LinkChange> Changes { get; } = new(DigestStanding.MaxEntries, Comparer<LinkChange>.Create(Order));

    public void Add(LinkChange change)
    {
        _to[change.Transition.To] = _to.GetValueOrDefault(change.Transition.To) + 1;
        Changes.Add(change);
    }

    private static int Order(LinkChange one, LinkChange other) =>
        ChangeKindOf.Of(one.Transition).CompareTo(ChangeKindOf.Of(other.Transition)) is not 0 and var byKind ? byKind
        : other.Transition.At.CompareTo(one.Transition.At) is not 0 and var byTime ? byTime
        : string.CompareOrdinal(one.Id, other.Id);
}
