using System.Collections.Concurrent;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Views;

namespace LinkMonitor.Dashboard;

/// <summary>
/// The charts of projects. One is made of the day marks of all links, which are in their rows alone: so it is made in the background, kept
/// for a quarter of an hour, and a page that asks for one is not kept waiting for long.
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
    public async Task<Chart?> GetAsync(Project project, CancellationToken cancellationToken)
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

    public void Dispose()
    {
        _disposed.Cancel();
        _disposed.Dispose();
        _turns.Dispose();
    }

    private static bool IsFresh(Entry entry, DateTimeOffset now) => !entry.Making.Value.IsCompleted || now - entry.BegunAt < Age;

    private Entry Begin(Project project, DateTimeOffset now, Chart? before) =>
        new(now, before, new Lazy<Task<Chart?>>(() => MakeAsync(project, now)));

    private async Task<Chart?> MakeAsync(Project project, DateTimeOffset now)
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
                return new Chart(tally.Days);
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

    /// <param name="Before">The chart before this one, shown until it is there.</param>
    private sealed record Entry(DateTimeOffset BegunAt, Chart? Before, Lazy<Task<Chart?>> Making)
    {
        public Chart? Latest =>
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

    /// <summary>From the first day with a mark on, and at least two weeks; empty before the first check.</summary>
    public IReadOnlyList<ChartDay> Days
    {
        get
        {
            var days = Enumerable.Range(0, ChartDays).Select(DayOf).ToList();
            var first = days.FindIndex(day => day.All > 0);
            return first < 0 ? [] : days[Math.Min(first, ChartDays - ShortestChart)..];
        }
    }

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

    private ChartDay DayOf(int day) => new(
        FirstDay.AddDays(day),
        _marks[day, (int)DayMark.AsAgreed],
        _marks[day, (int)DayMark.Changed],
        _marks[day, (int)DayMark.Lost] + _marks[day, (int)DayMark.NotFound],
        _marks[day, (int)DayMark.CouldNotTell]);
}
