using System.Collections.Concurrent;
using LinkMonitor.Alerts.Composing.Facts;
using LinkMonitor.Alerts.Planning;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Placements;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Wording;
using Stake = LinkMonitor.Alerts.Composing.Facts.LinkCost;
using TellingTime = LinkMonitor.Storage.Channels.AlertTiming;

namespace LinkMonitor.Alerts.Sending;

/// <summary>
/// Gathers what a digest reports: the period's changes from the change log, and how things stand from all links of the project. Both are
/// read as a stream, of
/// which only counts and the foremost entries are kept, once for all digests of a run (<see cref="DigestReads"/>). The first is the same at
/// every attempt;
/// the second is as of the attempt.
/// </summary>
internal sealed class DigestFactsReader(ILinkStore links, TimeProvider time)
{
    /// <summary>A digest sums up all that a channel does not refuse to get, also what it got at once.</summary>
    public static bool IsTold(LinkChange change, Channel channel) =>
        change.Transition.Alerts && channel.Choice.Wants(change);

    public async Task<DigestFacts> GatherAsync(
        DeliveryRun run, Project project, Alert alert, Channel channel, CancellationToken cancellationToken)
    {
        var (from, to) = (alert.Content!.From!.Value, alert.Content.To!.Value);
        var standing = await run.Digests.StandingAsync(() => ReadStandingAsync(project, cancellationToken));
        var all = await run.Digests.NewsAsync(
            from, to, () => ReadNewsAsync(project, from, to, standing, [.. run.Channels.Values], cancellationToken));
        var news = all[channel.Id.Value];
        var hearsTerms = channel.Choice.For(Topics.Terms, TellingTime.AtOnce) != TellingTime.Never;
        return new DigestFacts
        {
            AlertId = alert.Id,
            Project = project,
            From = from,
            To = to,
            Totals = standing.Totals,
            LiveNotSeen = standing.LiveNotSeen,
            Changes = news.Changes.Items,
            ChangeCount = news.Changes.Count,
            ChangesTo = news.To,
            Open = standing.Open.Items,
            OpenCount = standing.Open.Count,
            OpenStakes = standing.OpenStakes,
            Unverifiable = standing.Unverifiable.Items,
            UnverifiableCount = standing.Unverifiable.Count,
            Terms = hearsTerms ? standing.Terms.Items : [],
            TermsCount = hearsTerms ? standing.Terms.Count : 0,
            Stakes = standing.Stakes,
            Muted = standing.Muted.Count,
            UnreadableLinks = standing.Unreadable,
            UnreadableChanges = news.Unreadable,
            Next = channel.Digest is { } schedule ? DigestTimes.Next(channel, schedule, project, time.GetUtcNow()) : null,
        };
    }

    private async Task<DigestStanding> ReadStandingAsync(Project project, CancellationToken cancellationToken)
    {
        var standing = new DigestStanding(project, time.GetUtcNow());
        await foreach (var slice in links.ReadSlicesAsync(project.Id, LinkFilter.None, cancellationToken))
        {
            standing.Unreadable += slice.SetAside;
            foreach (var link in slice.Items)
                standing.Add(link);
        }

        return standing;
    }

    private async Task<IReadOnlyDictionary<string, DigestNews>> ReadNewsAsync(
        Project project,
        DateTimeOffset from,
        DateTimeOffset to,
        DigestStanding standing,
        IReadOnlyList<Channel> channels,
        CancellationToken cancellationToken)
    {
        var news = channels.ToDictionary(channel => channel.Id.Value, _ => new DigestNews(), StringComparer.Ordinal);
        await foreach (var change in links.ReadEveryChangeAsync(project.Id, from, to, cancellationToken))
        {
            if (change is not null && standing.Muted.Contains(change.LinkId))
                continue;

            // Nobody knows of what and for whom one is that cannot be read: all are told.
            foreach (var channel in channels.Where(channel => change is null || IsTold(change, channel)))
                news[channel.Id.Value].Add(change);
        }

        return news;
    }
}

/// <summary>
/// What the digests of one project are made of, read once for all that leave in one run: the links whoever gets them, the changes once for
/// each period. A read
/// that failed fails all of them, and the next run reads again.
/// </summary>
internal sealed class DigestReads
{
    private readonly ConcurrentDictionary<
        (DateTimeOffset From, DateTimeOffset To), Lazy<Task<IReadOnlyDictionary<string, DigestNews>>>> _news = new();
    private Lazy<Task<DigestStanding>>? _standing;

    public Task<DigestStanding> StandingAsync(Func<Task<DigestStanding>> read)
    {
        var mine = new Lazy<Task<DigestStanding>>(read);
        return (Interlocked.CompareExchange(ref _standing, mine, null) ?? mine).Value;
    }

    /// <param name="read">By channel id.</param>
    public Task<IReadOnlyDictionary<string, DigestNews>> NewsAsync(
        DateTimeOffset from, DateTimeOffset to, Func<Task<IReadOnlyDictionary<string, DigestNews>>> read) =>
        _news.GetOrAdd((from, to), _ => new Lazy<Task<IReadOnlyDictionary<string, DigestNews>>>(read)).Value;
}

/// <summary>What of a period's changes one channel hears: how many of each kind, and as many of them as a digest can hold.</summary>
internal sealed class DigestNews
{
    private readonly Dictionary<LinkState, int> _to = [];

    /// <summary>By the state they led to.</summary>
    public IReadOnlyDictionary<LinkState, int> To => _to;

    /// <summary>The worst first, then the newest: as the letter has them.</summary>
    public TopItems<LinkChange> Changes { get; } = new(DigestStanding.MaxEntries, Comparer<LinkChange>.Create(Order));

    /// <summary>How many cannot be read; they may have been for this channel or not.</summary>
    public int Unreadable { get; private set; }

    /// <param name="change">Null for one that cannot be read.</param>
    public void Add(LinkChange? change)
    {
        if (change is null)
        {
            Unreadable++;
            return;
        }

        _to[change.Transition.To] = _to.GetValueOrDefault(change.Transition.To) + 1;
        Changes.Add(change);
    }

    private static int Order(LinkChange one, LinkChange other) =>
        ChangeKindOf.Of(one.Transition).CompareTo(ChangeKindOf.Of(other.Transition)) is not 0 and var byKind ? byKind
        : other.Transition.At.CompareTo(one.Transition.At) is not 0 and var byTime ? byTime
        : string.CompareOrdinal(one.Id, other.Id);
}

/// <summary>
/// How the links of a project stand, of whom one after the other is added and none kept: counts, sums, and as many of each list as a digest
/// can hold.
/// </summary>
internal sealed class DigestStanding(Project project, DateTimeOffset now)
{
    /// <summary>So many entries of a list a digest can hold; the counts are of all.</summary>
    public const int MaxEntries = 200;

    // Days: as far ahead as people plan a renewal.
    private const int TermsAhead = 30;
    private static readonly TimeSpan LongUnseen = TimeSpan.FromDays(7);

    private readonly DateOnly _today = LocalTimes.Day(now, project.TimeZone);
    private readonly Dictionary<LinkState, int> _totals = [];
    private readonly HashSet<LinkId> _muted = [];
    private readonly Dictionary<LinkId, Stake> _stakes = [];
    private readonly StakeTally _atStake = new(LocalTimes.Day(now, project.TimeZone));

    public IReadOnlyDictionary<LinkState, int> Totals => _totals;

    public int LiveNotSeen { get; private set; }

    /// <summary>How many links are not among those added, because their rows cannot be read.</summary>
    public int Unreadable { get; set; }

    public IReadOnlySet<LinkId> Muted => _muted;

    /// <summary>Of the paid placements that are not muted.</summary>
    public IReadOnlyDictionary<LinkId, Stake> Stakes => _stakes;

    /// <summary>What is at stake, by currency: of all links, muted or not, for what is paid is paid.</summary>
    public IReadOnlyList<CostSum> OpenStakes => TermFactsReader.SumsOf(_atStake.Sums);

    /// <summary>The worst state first, then the newest.</summary>
    public TopItems<DeviatingLink> Open { get; } = new(MaxEntries, By<DeviatingLink>(
        (one, other) => ChangeKindOf.Of(one.State).CompareTo(ChangeKindOf.Of(other.State)),
        (one, other) => other.Since.CompareTo(one.Since),
        (one, other) => string.CompareOrdinal(one.Link.Id.Value, other.Link.Id.Value)));

    /// <summary>The longest unseen first.</summary>
    public TopItems<UnverifiableLink> Unverifiable { get; } = new(MaxEntries, By<UnverifiableLink>(
        (one, other) => Nullable.Compare(one.LastSeen, other.LastSeen),
        (one, other) => string.CompareOrdinal(one.Link.Id.Value, other.Link.Id.Value)));

    /// <summary>Terms that end within a month, and live links that outlived theirs: the earliest end first.</summary>
    public TopItems<DueTerm> Terms { get; } = new(MaxEntries, By<DueTerm>(
        (one, other) => one.End.CompareTo(other.End),
        (one, other) => string.CompareOrdinal(one.Link.Id.Value, other.Link.Id.Value)));

    public void Add(WatchedLink link)
    {
        var status = link.Status;
        _atStake.Add(link);
        _totals[status.State] = _totals.GetValueOrDefault(status.State) + 1;
        if (status is { State: LinkState.Live, LastOutcome: { } outcome } && !outcome.IsSeen())
            LiveNotSeen++;
        if (link.IsMutedAt(now))
            _muted.Add(link.Id);
        else
            AddTold(link, status);
    }

    private void AddTold(WatchedLink link, LinkStatus status)
    {
        var stake = TermsEvents.StakeOf(link, _today);
        if (stake is not null)
            _stakes[link.Id] = stake;
        if (status.State is LinkState.Lost or LinkState.Changed or LinkState.NotFound)
            Open.Add(new DeviatingLink(LinkName.Of(link), status.State, status.Reasons, status.Since));

        if (status.State == LinkState.Unreachable || (status.UnobservedSince is { } since && now - since >= LongUnseen))
            Unverifiable.Add(new UnverifiableLink(LinkName.Of(link), WhyUnverifiable(status), status.LastSeenAt));
        if (link.Terms?.End is { } end && TermsEvents.Of(link, end, end.DayNumber - _today.DayNumber, _today) is { } terms
            && terms.DaysLeft <= TermsAhead && (terms.DaysLeft >= 0 || terms.State == LinkState.Live))
            Terms.Add(terms);
    }

    private static ReasonCode WhyUnverifiable(LinkStatus status) =>
        status.Reasons.Count > 0 && status.State == LinkState.Unreachable ? status.Reasons[0].Code : ReasonCode.Unreachable;

    private static Comparer<T> By<T>(params Comparison<T>[] orders) => Comparer<T>.Create((one, other) =>
        orders.Select(order => order(one, other)).FirstOrDefault(order => order != 0));
}

/// <summary>
/// Of any number of things, their count and the first few in an order: what a list with an end needs, in the room of that list.
/// </summary>
/// <param name="max">1 or more.</param>
/// <param name="order">Less comes first. Equal ones are interchangeable.</param>
internal sealed class TopItems<T>(int max, IComparer<T> order)
{
    // The last of those kept comes out first, to make room.
    private readonly PriorityQueue<T, T> _kept = new(Comparer<T>.Create((one, other) => order.Compare(other, one)));

    public int Count { get; private set; }

    /// <summary>At most so many as there is room for, in order.</summary>
    public IReadOnlyList<T> Items => [.. _kept.UnorderedItems.Select(item => item.Element).Order(order)];

    public void Add(T item)
    {
        Count++;
        if (_kept.Count < max)
            _kept.Enqueue(item, item);
        else
            _kept.EnqueueDequeue(item, item);
    }
}
