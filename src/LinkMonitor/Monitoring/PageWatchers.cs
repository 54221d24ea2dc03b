using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Judging.Absences;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Moving;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Monitoring;

/// <summary>Reads who watches a page.</summary>
public sealed class PageWatchers(IPageStore pages, IProjectStore projects)
{
    // Ended in one round, in transactions of a hundred; the others in the next. A page may be watched by tens of thousands of links.
    private const int MaxEnded = 5_000;

    /// <summary>
    /// The watchers with their projects, beginning where the last round had no time left for the targets; those that it had no time for at
    /// all when there are such. Watches of projects that were deleted are ended and left out. Those of projects whose rows cannot be read
    /// stay, and are left out.
    /// </summary>
    /// <param name="read">What this round has read already.</param>
    public async Task<PageWatch> ReadAsync(WatchedPage page, RoundReads read, CancellationToken cancellationToken)
    {
        var (before, from, gone) = (new List<(Watcher, Project)>(), new List<(Watcher, Project)>(), new List<Watcher>());
        var start = page.Rest?.From ?? page.TargetsFrom;
        ArgumentNullException.ThrowIfNull(read);
        var known = read.Projects.ToDictionary(project => project.Id, Project? (project) => project);
        var unreadable = new HashSet<ProjectId>();
        var stored = read.Links ??= await pages.ReadLinksAsync(page.Key, cancellationToken);
        foreach (var watcher in stored.Watchers)
        {
            if (unreadable.Contains(watcher.ProjectId))
                continue;
            if (!known.TryGetValue(watcher.ProjectId, out var project))
            {
                try
                {
                    known[watcher.ProjectId] = project = await projects.GetAsync(watcher.ProjectId, cancellationToken);
                }
                catch (UnreadableRowException)
                {
                    unreadable.Add(watcher.ProjectId);
                    continue;
                }
            }

            if (project is not null)
                (start?.IsAfter(watcher) == true ? before : from).Add((watcher, project));
            else if (gone.Count < MaxEnded)
                gone.Add(watcher);
        }

        if (gone.Count > 0)
            await pages.UnwatchAsync(page.Key, gone, cancellationToken);
        return new PageWatch(page.Rest is { } rest ? Rest(rest, from, before) : [.. from, .. before], unreadable.Count > 0)
        {
            Kept = stored.Kept,
        };
    }

    private static List<(Watcher Watcher, Project Project)> Rest(
        RemainingLinks rest, List<(Watcher Watcher, Project Project)> from, List<(Watcher Watcher, Project Project)> before)
    {
        if (rest.Until is not { } until)
            return from;
        var isBehind = until.IsAfter(new Watcher(rest.From.ProjectId, rest.From.LinkId, default));
        return isBehind ? [.. from.Where(IsBeforeEnd)] : [.. from, .. before.Where(IsBeforeEnd)];

        bool IsBeforeEnd((Watcher Watcher, Project Project) one) => until.IsAfter(one.Watcher);
    }
}

/// <summary>What one round of a page has read by the way.</summary>
public sealed class RoundReads
{
    public IList<Project> Projects { get; } = [];

    /// <summary>Who watches the page; null when that was not read.</summary>
    public WatchersRead? Links { get; set; }
}

/// <summary>What came of one round of a page.</summary>
internal sealed record PageOutcome
{
    /// <summary>When the page is due again; null when nobody watches it any more.</summary>
    public required DateTimeOffset? Due { get; init; }

    /// <summary>When it was checked; null when it was put off without a check.</summary>
    public DateTimeOffset? CheckedAt { get; init; }

    /// <summary>What there is to ask with next time.</summary>
    public LastFetch? LastFetch { get; init; }

    /// <summary>What is kept of the links for the next check; null when that must read them.</summary>
    public SettledLinks? Settled { get; init; }

    /// <summary>The rows of the links as they are now; null to leave what is kept.</summary>
    public KeptLinks? Kept { get; init; }

    /// <summary>The version of the watchers that were read; null when they were not.</summary>
    public WatchersVersion? Watchers { get; init; }

    /// <summary>Where the next round begins; null for the first watcher.</summary>
    public WatcherPlace? From { get; init; }

    /// <summary>What the round had no time for; null when it came to its end.</summary>
    public RemainingLinks? Rest { get; init; }

    /// <summary>How long the host asks us to leave it alone; null when it does not.</summary>
    public TimeSpan? HostPause { get; init; }

    /// <summary>The page was not checked, and nothing was learnt of it.</summary>
    public static PageOutcome PutOff(WatchedPage page, DateTimeOffset until) =>
        new() { Due = until, LastFetch = page.LastFetch, From = page.TargetsFrom, Rest = page.Rest, Settled = page.Settled };
}

/// <summary>
/// The links that each project watches on a page in one round, so that one of them is not reported as the successor of another. They are
/// read when the first link of a project is gone and something may have taken its place, and then once.
/// </summary>
internal sealed class PageSiblings(
    RoundLinks links, IReadOnlyList<(Watcher Watcher, Project Project)> watching, Func<Project, Observation> seenBy)
{
    private readonly Dictionary<ProjectId, (IReadOnlyList<LinkId> Ids, WatchedSet Set)> _known = [];

    /// <summary>
    /// The links of the page that the other links of the project are; empty when the project watches no other on the page.
    /// </summary>
    public async Task<IReadOnlySet<int>> TakenFromAsync(Watcher watcher, CancellationToken cancellationToken)
    {
        if (!_known.TryGetValue(watcher.ProjectId, out var known))
            _known[watcher.ProjectId] = known = await ReadAsync(watcher.ProjectId, cancellationToken);
        var index = known.Ids.Index().FirstOrDefault(id => id.Item == watcher.LinkId, (-1, default)).Index;
        return index < 0 ? new HashSet<int>() : known.Set.TakenFrom(index);
    }

    private async Task<(IReadOnlyList<LinkId> Ids, WatchedSet Set)> ReadAsync(ProjectId projectId, CancellationToken cancellationToken)
    {
        List<LinkId> ids = [];
        List<(Expectation, LinkMemory)> watched = [];
        var own = watching.Where(one => one.Watcher.ProjectId == projectId).ToList();
        foreach (var (watcher, _) in own)
        {
            if (await links.FindReadableAsync(watcher, cancellationToken) is not { } link)
                continue;
            ids.Add(link.Id);
            watched.Add((link.Expectation, LinkChecker.Memory(link.Status)));
        }

        return (ids, WatchedSet.Of(seenBy(own[0].Project), watched));
    }
}

/// <summary>Who watches a page.</summary>
/// <param name="Watching">The links to judge in this round, with their projects.</param>
/// <param name="IsPartOnly">Whether there are others, of projects whose rows cannot be read now.</param>
public sealed record PageWatch(IReadOnlyList<(Watcher Watcher, Project Project)> Watching, bool IsPartOnly)
{
    /// <summary>What is kept of their links; null when nothing is.</summary>
    public KeptLinks? Kept { get; init; }
}

/// <summary>
/// What the links of a page share in one round. They are read and written side by side, and judged one after the other in their order: what
/// they share is made for one at a time.
/// </summary>
internal sealed class LinkRound : IDisposable
{
    private readonly SemaphoreSlim _judging = new(1);
    private readonly TaskCompletionSource[] _judged;

    /// <param name="links">How many links are watched on the page.</param>
    public LinkRound(int links) =>
        _judged = [.. Enumerable.Range(0, links).Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))];

    public required WatchedPage Page { get; init; }

    /// <summary>What a project may know of the page.</summary>
    public required Func<Project, Observation> SeenBy { get; init; }

    /// <summary>The links as this round knows them.</summary>
    public required RoundLinks Links { get; init; }

    /// <summary>The other links that are watched on the page.</summary>
    public required PageSiblings Siblings { get; init; }

    /// <summary>Looks for links that vanished.</summary>
    public required MoveSearch Moves { get; init; }

    /// <summary>Fetches the targets.</summary>
    public required TargetRound Targets { get; init; }

    /// <summary>Ends when the round must.</summary>
    public required CancellationToken Budget { get; init; }

    /// <summary>Judges one link when those before it are judged, so that their targets are checked in their order.</summary>
    /// <param name="judge">Its token ends with the round, too: what it waits for must not outlast the host's turn.</param>
    /// <returns>Null when the round is over before it is judged.</returns>
    public async Task<JudgedLink?> JudgeAsync(
        int index, Func<CancellationToken, Task<JudgedLink>> judge, CancellationToken cancellationToken)
    {
        if (index > 0)
            await _judged[index - 1].Task.WaitAsync(cancellationToken);
        await _judging.WaitAsync(cancellationToken);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(Budget, cancellationToken);
        try
        {
            return Budget.IsCancellationRequested ? null : await judge(either.Token);
        }
        catch (OperationCanceledException) when (Budget.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            _judging.Release();
            Pass(index);
        }
    }

    /// <summary>Lets the next link be judged: this one is, or needs no judging.</summary>
    public void Pass(int index) => _judged[index].TrySetResult();

    public void Dispose() => _judging.Dispose();
}

/// <summary>What a round makes of one link, before it is saved.</summary>
/// <param name="Result">Its new status, and the change if there is one.</param>
/// <param name="NextCheck">When the link wants its page checked again.</param>
/// <param name="IsTargetLeft">The round had no time left to check its target.</param>
internal sealed record JudgedLink(TrackingResult Result, DateTimeOffset NextCheck, bool IsTargetLeft);
