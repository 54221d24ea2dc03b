using System.Collections.Concurrent;
using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Engine.Explaining;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Monitoring.Outages;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.LinkTypes;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Telemetry;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Monitoring;

/// <summary>
/// The shortest round of a page: nothing has changed, and what its last check kept of the links (<see cref="SettledLinks"/>) is still so.
/// They are not read, and written together. Anything in doubt leads to the ordinary round, which loses nothing by that.
/// </summary>
internal sealed class SettledRound(
    RelatedPages related,
    IPageStore pages,
    ILinkStore links,
    ProjectMemory projects,
    OutageGuard guard,
    ProductMeter meter,
    IOptions<MonitoringOptions> options,
    TimeProvider time)
{
    /// <summary>Null when there is nothing to go by. The page may have been fetched all the same when the outcome is null.</summary>
    /// <param name="targets">The round's: what it fetches for nothing is not fetched again, and has used up its time.</param>
    /// <param name="read">Gets what is read for it and not only remembered: the ordinary round need not read it again.</param>
    public async Task<SettledAnswer?> TryAsync(
        WatchedPage page, TargetRound targets, RoundReads read, CancellationToken cancellationToken)
    {
        if (page is not { Settled: { } known, LastFetch: { MayHold: true } last, Rest: null, TargetsFrom: null }
            || known.SeenAt != last.SeenAt
            || StoredTime.IsFromFuture(known.CheckedAt, time.GetUtcNow())
            || await ProjectsAsync(known, read, cancellationToken) is not { } watching
            || ConditionalRound.IsFullLookDue(last, watching, options.Value, time.GetUtcNow())
            || !await AreAllKnownAsync(page, known, read, cancellationToken))
            return null;

        var obeysRobots = watching.All(project => project.ObeyRobots);
        var fetch = await related.RecheckAsync(page.Url, obeysRobots, last, ignoresNumbers: known.AreAllThere, cancellationToken);
        var answer = new SettledAnswer(fetch, obeysRobots);
        if (fetch.UnchangedAt is not { } at
            || at <= known.CheckedAt
            || !guard.NoteAnswer(page.Url)
            || !await AreTargetsAsTheyWereAsync(known, targets, cancellationToken))
            return answer;
        var written = await WriteAsync(known, fetch, at, cancellationToken);
        if (!written.IsDone)
            return answer;
        meter.CheckedUnchanged();
        return answer with
        {
            Outcome = new PageOutcome
            {
                Due = at + watching.Min(project => project.CheckEvery),
                CheckedAt = at,
                LastFetch = fetch.LastFetch,
                Settled = written.Settled,
            },
            Projects = watching,
        };
    }

    /// <summary>The projects, when they and the types of their links are as they were.</summary>
    private async Task<IReadOnlyList<Project>?> ProjectsAsync(
        SettledLinks known, RoundReads read, CancellationToken cancellationToken)
    {
        var found = new List<Project>();
        foreach (var settled in known.Projects)
        {
            if (await projects.FindAsync(settled.Id, read.Projects.Add, cancellationToken) is not { } project
                || project.ETag != settled.Version)
                return null;
            var typed = settled.Links.Where(link => link.Type is not null).ToList();
            if (typed.Count > 0)
            {
                var types = await projects.TypesOfAsync(settled.Id, cancellationToken);
                if (typed.Exists(link => types.Find(link.Type!)?.Version != link.TypeVersion))
                    return null;
            }

            found.Add(project);
        }

        return found;
    }

    /// <summary>Once after they were kept: who registered a link at that time could not know of it.</summary>
    private async Task<bool> AreAllKnownAsync(
        WatchedPage page, SettledLinks known, RoundReads read, CancellationToken cancellationToken)
    {
        if (known.AreAllKnown)
            return true;

        // Who registers a link from here on finds the page settled without it, and this check finds the page written when it moves it.
        read.Links = await pages.ReadLinksAsync(page.Key, cancellationToken);
        return known.AreThoseOf(read.Links.Watchers);
    }

    private static async Task<bool> AreTargetsAsTheyWereAsync(
        SettledLinks known, TargetRound targets, CancellationToken cancellationToken)
    {
        foreach (var link in known.Projects.SelectMany(project => project.Links))
        {
            if (!await LinkChecker.IsAsItWasAsync(
                new SteadyTarget(link.Target) { LeadsTo = link.LeadsTo }, targets, cancellationToken))
                return false;
        }

        return true;
    }

    /// <summary>A transaction for each project. What was written before one that is refused is true all the same.</summary>
    private async Task<(bool IsDone, SettledLinks? Settled)> WriteAsync(
        SettledLinks known, ConditionalFetch fetch, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var days = DayLog.Parse(known.Days).With(DayLogEntry.Day(at), DayMark.AsAgreed);
        var written = new List<SettledProject>();
        foreach (var project in known.Projects)
        {
            if (await links.ConfirmAsync(project.Id, project.Links, at, fetch.By, days, cancellationToken) is not { } versions)
                return (false, null);
            if (versions.Count == project.Links.Count)
                written.Add(project with { Links = [.. project.Links.Zip(versions, (link, version) => link with { Version = version })] });
        }

        // An answer that was lost told no versions: the next round reads the links.
        var settled = written.Count < known.Projects.Count
            ? null
            : known with
            {
                CheckedAt = at,
                Days = days.ToString(),
                IsBySite = fetch.By is UnchangedBy.Site,
                AreAllKnown = true,
                Projects = written,
            };
        return (true, settled);
    }
}

/// <summary>What came of asking a page without reading its links.</summary>
/// <param name="Fetch">The page's answer, to be gone on with.</param>
/// <param name="ObeysRobots">Whether it was asked in obedience to robots.txt.</param>
internal sealed record SettledAnswer(ConditionalFetch Fetch, bool ObeysRobots)
{
    /// <summary>Null when the links must be read after all.</summary>
    public PageOutcome? Outcome { get; init; }

    /// <summary>Whose links they are.</summary>
    public IReadOnlyList<Project> Projects { get; init; } = [];
}

/// <summary>
/// Projects and their types as they were a moment ago, for checks that find nothing changed: many pages of a project come one after the
/// other, and a setting that was changed counts half a minute later at most. May be used by several at once.
/// </summary>
internal sealed class ProjectMemory(IProjectStore projects, ILinkTypeStore types, TimeProvider time) : IDisposable
{
    internal static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    // Of an installation with more, some are read more often.
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<ProjectId, (Project? Value, DateTimeOffset At)> _projects = new();
    private readonly ConcurrentDictionary<ProjectId, (ProjectTypes Value, DateTimeOffset At)> _types = new();

    // Hosts side by side ask for the same project at the same time.
    private readonly SemaphoreSlim _reading = new(1);

    /// <summary>Null when it is gone, or cannot be read.</summary>
    /// <param name="hasRead">Called when it was read now.</param>
    public Task<Project?> FindAsync(ProjectId id, Action<Project> hasRead, CancellationToken cancellationToken) =>
        KnownAsync(_projects, id, () => ReadAsync(id, hasRead, cancellationToken), cancellationToken);

    public Task<ProjectTypes> TypesOfAsync(ProjectId id, CancellationToken cancellationToken) =>
        KnownAsync(_types, id, () => types.ReadAsync(id, cancellationToken), cancellationToken);

    public void Dispose() => _reading.Dispose();

    private async Task<Project?> ReadAsync(ProjectId id, Action<Project> hasRead, CancellationToken cancellationToken)
    {
        try
        {
            var project = await projects.GetAsync(id, cancellationToken);
            if (project is not null)
                hasRead(project);
            return project;
        }
        catch (UnreadableRowException)
        {
            // The ordinary round says what becomes of its links; the row is listed.
            return null;
        }
    }

    private async Task<T> KnownAsync<T>(
        ConcurrentDictionary<ProjectId, (T Value, DateTimeOffset At)> memory, ProjectId id, Func<Task<T>> read,
        CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (memory.TryGetValue(id, out var known) && StoredTime.IsWithin(known.At, Fresh, now))
            return known.Value;
        await _reading.WaitAsync(cancellationToken);
        try
        {
            if (memory.TryGetValue(id, out known) && StoredTime.IsWithin(known.At, Fresh, now))
                return known.Value;
            var value = await read();
            if (memory.Count >= Most)
                memory.Clear();
            memory[id] = (value, now);
            return value;
        }
        finally
        {
            _reading.Release();
        }
    }
}
