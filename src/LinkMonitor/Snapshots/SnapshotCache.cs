using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using LinkMonitor.Hosting.Settings;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Snapshots;

/// <summary>
/// The snapshots that are in memory, one for each project that somebody looks at; see decision 29. What this process writes shows at once,
/// confirmed changes by other processes after <see cref="ProjectLinks.ChangesEvery"/>, everything else that others write after
/// <see cref="ProjectLinks.ScanEvery"/> or ten times as long as it takes to look for it, whichever is longer.
/// </summary>
public sealed class SnapshotCache : IDisposable
{
    private readonly ConcurrentDictionary<ProjectId, ProjectLinks> _projects = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly ILinkFactStore _store;
    private readonly LinkWrites _writes;
    private readonly SnapshotOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<SnapshotCache> _logger;
    private long _uses;

    public SnapshotCache(
        ILinkFactStore store, LinkWrites writes, IOptions<SnapshotOptions> options, TimeProvider time, ILogger<SnapshotCache> logger)
    {
        ArgumentNullException.ThrowIfNull(writes);
        ArgumentNullException.ThrowIfNull(options);
        (_store, _writes, _options, _time, _logger) = (store, writes, options.Value, time, logger);
        _writes.Written += OnWritten;
        _writes.Purged += OnPurged;
    }

    /// <summary>The memory that all of them take, estimated.</summary>
    public long Bytes => _projects.Values.Sum(project => project.Bytes);

    /// <summary>How many projects are in memory.</summary>
    public int Count => _projects.Values.Count(project => project.Current is not null);

    /// <summary>
    /// The links of a project as they are known now. The first call reads all of them, once for all who wait; the reading goes on when a
    /// caller gives up.
    /// </summary>
    /// <exception cref="SnapshotTooLargeException">They take more memory than all snapshots may.</exception>
    /// <exception cref="Storage.Border.StorageFailureException">The storage failed.</exception>
    public async Task<LinkSnapshot> GetAsync(ProjectId project, CancellationToken cancellationToken)
    {
        var links = _projects.GetOrAdd(
            project, id => new ProjectLinks(id, _store, _options.MaxBytes, _time, _logger, _stopping.Token));
        links.LastUse = Interlocked.Increment(ref _uses);
        var snapshot = await links.GetAsync(cancellationToken);
        Evict(links);
        return snapshot;
    }

    /// <summary>The links of a project as they were last known; null when they are not in memory. Reads nothing.</summary>
    public LinkSnapshot? Known(ProjectId project) => _projects.TryGetValue(project, out var links) ? links.Current : null;

    /// <summary>
    /// Brings what is in memory up to what was written here, where that is little; reads nothing of a project that is not.
    /// </summary>
    public Task CatchUpAsync(ProjectId project, CancellationToken cancellationToken) =>
        _projects.TryGetValue(project, out var links) ? links.CatchUpAsync(cancellationToken) : Task.CompletedTask;

    /// <summary>How far the reading of a project's links is that is under way; null when there is none.</summary>
    public SnapshotProgress? Reading(ProjectId project) => _projects.TryGetValue(project, out var links) ? links.Reading : null;

    /// <summary>Says that a link is not as it was known; the next call of <see cref="GetAsync"/> reads it.</summary>
    public void Touch(ProjectId project, LinkId link) => OnWritten(project, link);

    /// <summary>Completes when nothing of a project is being read behind the backs of its readers.</summary>
    internal Task IdleAsync(ProjectId project) => _projects.TryGetValue(project, out var links) ? links.ScanUnderWay : Task.CompletedTask;

    public void Dispose()
    {
        _writes.Written -= OnWritten;
        _writes.Purged -= OnPurged;
        _stopping.Cancel();
        _stopping.Dispose();
    }

    // The least recently used go first; the one that is being used stays, and has been held to the budget when it was read.
    private void Evict(ProjectLinks used)
    {
        while (Bytes > _options.MaxBytes
            && _projects.Values.Where(project => project != used && project.Current is not null).MinBy(project => project.LastUse)
                is { } oldest)
            _projects.TryRemove(new KeyValuePair<ProjectId, ProjectLinks>(oldest.Id, oldest));
    }

    private void OnWritten(ProjectId project, LinkId link)
    {
        if (_projects.TryGetValue(project, out var links))
            links.Touch(link);
    }

    private void OnPurged(ProjectId project) => _projects.TryRemove(project, out _);
}

/// <summary>How much memory lists may take.</summary>
public sealed class SnapshotOptions
{
    public const string Section = "LinkMonitor:Snapshots";

    /// <summary>
    /// For the links of all projects that somebody looks at, in MiB, estimated; about 35 for 100,000 links. The least recently used project
    /// goes first. 16 to 4,096; 256 by default.
    /// </summary>
    [Range(16, 4_096)]
    public int MaxMegabytes { get; set; } = 256;

    internal long MaxBytes => MaxMegabytes * 1024L * 1024;
}

/// <summary>A project has more links than may be held in memory.</summary>
public sealed class SnapshotTooLargeException : Exception
{
    public SnapshotTooLargeException() : base("The project has more links than may be held in memory.")
    {
    }

    public SnapshotTooLargeException(string message) : base(message)
    {
    }

    public SnapshotTooLargeException(string message, Exception innerException) : base(message, innerException)
    {
    }
}

internal static class SnapshotServices
{
    public static IServiceCollection AddSnapshots(this IServiceCollection services) =>
        services.AddSettings<SnapshotOptions>(SnapshotOptions.Section).AddSingleton<SnapshotCache>().AddSingleton<LinkLists>()
            .AddSingleton<NamedTypes>();
}
