using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Alerts.Planning;

/// <summary>Everything that one planning decides from, read before it decides.</summary>
internal sealed record PlanInput
{
    public required PlanContext Context { get; init; }

    /// <summary>What waits in the outbox and is in no open alert, the oldest first.</summary>
    public IReadOnlyList<OutboxEntry> Waiting { get; init; } = [];

    /// <summary>Whether the outbox holds more than was read.</summary>
    public bool IsCut { get; init; }

    /// <summary>
    /// The links of <see cref="Waiting"/> and <see cref="Looks"/> as they are now; those that are gone, or cannot be read, are not there. What of a change
    /// must be reported is in the change itself.
    /// </summary>
    public IReadOnlyDictionary<LinkId, WatchedLink> Links { get; init; } = new Dictionary<LinkId, WatchedLink>();

    /// <summary>The links that are held.</summary>
    public IReadOnlyList<UnstableLink> Unstable { get; init; } = [];

    /// <summary>
    /// Changes that alert, the oldest first: of each link that is ready, within the flapping window before its newest one; of each unstable link that
    /// may have settled, since it became unstable.
    /// </summary>
    public IReadOnlyDictionary<LinkId, IReadOnlyList<LinkChange>> Histories { get; init; } = new Dictionary<LinkId, IReadOnlyList<LinkChange>>();

    /// <summary>Links of whose changes some cannot be read: nobody knows which state they were in last.</summary>
    public IReadOnlySet<LinkId> UnreadableHistories { get; init; } = new HashSet<LinkId>();

    /// <summary>The channels of daily digests whose period has something to report.</summary>
    public IReadOnlySet<string> ChannelsWithNews { get; init; } = new HashSet<string>();

    /// <summary>Looks at terms whose time has come, the earliest first.</summary>
    public IReadOnlyList<TermLook> Looks { get; init; } = [];

    /// <summary>Whether more looks are due than were read.</summary>
    public bool HasMoreLooks { get; init; }

    /// <summary>Whether something was left out because its row cannot be read: it is looked at again though nothing may change.</summary>
    public bool HasUnreadable { get; init; }

    /// <summary>Links whose row as a held link cannot be read: they are held all the same.</summary>
    public IReadOnlyList<string> UnreadableUnstable { get; init; } = [];

    /// <summary>When the next look is due that is not yet; null for none.</summary>
    public DateTimeOffset? NextLookAt { get; init; }

    /// <summary>By link: the reminder of its terms that was sent last.</summary>
    public IReadOnlyDictionary<LinkId, string> Reminded { get; init; } = new Dictionary<LinkId, string>();

    public WatchedLink? LinkOf(LinkChange change) => Links.GetValueOrDefault(change.LinkId);
}
