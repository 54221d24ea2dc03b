using System.Collections.Concurrent;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Snapshots;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Views;

namespace LinkMonitor.Dashboard;

/// <summary>
/// The charts of projects. The days before today are made of the day marks of all links, which are in their rows alone: so that is done in
/// the background, kept for a quarter of an hour, and a page that asks for them is not kept waiting for long. Today is always what the page
/// counts beside it.
/// </summary>
internal sealed partial class ChartBook(ILinkStore links, TimeProvider time, ILogger<ChartBook> logger) : IDisposable
{
    /// <summary>How long a page waits for a chart.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private const int MaxKept = 200;
    private const int AtATime = 2;
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Budget = TimeSpan.FromMinutes(2);

    private readonly CancellationTokenSource _disposed = new();
    private readonly SemaphoreSlim _turns = new(AtATime);
    private readonly ConcurrentDictionary<ProjectId, Entry> _entries = [];

    /// <summary>A project's chart; null while it is being made.</summary>
    /// <param name="listing">The links as they are counted on the page.</param>
    public async Task<Chart?> GetAsync(Project project, LinkListing listing, CancellationToken cancellationToken) =>
        await GetDaysAsync(project, cancellationToken) is { } days
            ? ChartTally.ToChart(days, ChartTally.Today(DayLogEntry.Day(listing.Moment.Now), listing.Snapshot.Links)) : null;

    public void Dispose()
    {
        _disposed.Cancel();
        _disposed.Dispose();
        _turns.Dispose();
    }

    private async Task<IReadOnlyList<ChartDay>?> GetDaysAsync(Project project, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var entry = _entries.AddOrUpdate(
            project.Id, _ => Begin(project, now, null), (_, known) => IsFresh(known, now) ? known : Begin(project, now, known.Latest));
        if (_entries.Count > MaxKept)
            Forget();
        var making = entry.Making.Value;
        if (entry.Latest is { } kept)
            return kept;
        try
        {
            return await making.WaitAsync(Patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private static bool IsFresh(Entry entry, DateTimeOffset now) => !entry.Making.Value.IsCompleted || now - entry.BegunAt < Age;

    private Entry Begin(Project project, DateTimeOffset now, IReadOnlyList<ChartDay>? before) =>
        new(now, before, new Lazy<Task<IReadOnlyList<ChartDay>?>>(() => MakeAsync(project, now)));

    private async Task<IReadOnlyList<ChartDay>?> MakeAsync(Project project, DateTimeOffset now)
    {
        await Task.Yield();
        using var budget = new CancellationTokenSource(Budget, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(budget.Token, _disposed.Token);
        try
        {
            await _turns.WaitAsync(stop.Token);
            try
            {
                var tally = new ChartTally(DayLogEntry.Day(now));
                await foreach (var link in links.ReadAllAsync(project.Id, LinkFilter.None, stop.Token))
                    tally.Add(link.Status);
                return tally.Days;
            }
            finally
            {
                _turns.Release();
            }
        }
        catch (OperationCanceledException) when (_disposed.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e)
        {
            // The page stands without its chart, and it is tried again when this one is old.
            Log.Failed(logger, e, project.Id.Value);
            return null;
        }
    }

    private void Forget()
    {
        foreach (var (project, _) in _entries.OrderBy(entry => entry.Value.BegunAt).Take(_entries.Count - MaxKept))
            _entries.TryRemove(project, out _);
    }

    /// <param name="Before">The days as they were counted before, shown until these are there.</param>
    private sealed record Entry(
        DateTimeOffset BegunAt, IReadOnlyList<ChartDay>? Before, Lazy<Task<IReadOnlyList<ChartDay>?>> Making)
    {
        public IReadOnlyList<ChartDay>? Latest =>
            Making is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true, Result: { } made } } ? made : Before;
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Warning, Message = "The chart of {Project} could not be made; it is tried again in a quarter of an hour.")]
        public static partial void Failed(ILogger logger, Exception exception, string project);
    }
}

/// <summary>Counts the marks of many links by day.</summary>
/// <param name="today">The last day (UTC).</param>
internal sealed class ChartTally(DateOnly today)
{
    private const int ChartDays = 90;
    private const int ShortestChart = 14;

    private readonly int[,] _marks = new int[ChartDays, Enum.GetValues<DayMark>().Length];

    /// <summary>All days, with those on which no link was checked.</summary>
    public IReadOnlyList<ChartDay> Days => [.. Enumerable.Range(0, ChartDays).Select(DayOf)];

    private DateOnly FirstDay => today.AddDays(1 - ChartDays);

    /// <summary>Today is what it has come to: the day log keeps the best of a day, and what was lost today would be live in it.</summary>
    public void Add(LinkStatus status)
    {
        ArgumentNullException.ThrowIfNull(status);
        var isOfToday = DayLogEntry.Day(status.Since) == today && status.Days[today] != DayMark.NotChecked;
        for (var day = 0; day < ChartDays; day++)
        {
            var date = FirstDay.AddDays(day);
            _marks[day, (int)(isOfToday && date == today ? DayLogEntry.OfSeen(status) : status.Days[date])]++;
        }
    }

    /// <summary>
    /// How links are now, in the states that the page counts them in. One that was never seen because its page cannot be is among those
    /// that could not be told; one that waits for its first check is in none.
    /// </summary>
    public static ChartDay Today(DateOnly day, IReadOnlyList<LinkFacts> links)
    {
        var (live, changed, lost, unknown) = (0, 0, 0, 0);
        foreach (var link in links)
        {
            live += link.State == LinkState.Live ? 1 : 0;
            changed += link.State == LinkState.Changed ? 1 : 0;
            lost += link.State is LinkState.Lost or LinkState.NotFound ? 1 : 0;
            unknown += link.State == LinkState.Unreachable
                || (link.State == LinkState.Pending && link.Look is { } look && look != CheckOutcome.OurFault && !look.IsSeen()) ? 1 : 0;
        }

        return new ChartDay(day, live, changed, lost, unknown);
    }

    /// <summary>
    /// The days before today, and today: from the first day on for which something is known, and at least two weeks. No days before the
    /// first check.
    /// </summary>
    public static Chart ToChart(IReadOnlyList<ChartDay> days, ChartDay today)
    {
        List<ChartDay> all = [.. days.Where(day => day.Day < today.Day).TakeLast(ChartDays - 1), today];
        var first = all.FindIndex(day => day.All > 0);
        return new Chart(first < 0 ? [] : all[Math.Min(first, Math.Max(0, all.Count - ShortestChart))..]);
    }

    private ChartDay DayOf(int day) => new(
        FirstDay.AddDays(day),
        _marks[day, (int)DayMark.AsAgreed],
        _marks[day, (int)DayMark.Changed],
        _marks[day, (int)DayMark.Lost] + _marks[day, (int)DayMark.NotFound],
        _marks[day, (int)DayMark.CouldNotTell]);
}
