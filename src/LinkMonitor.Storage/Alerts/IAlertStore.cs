using LinkMonitor.Storage.Paging;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Alerts;

/// <summary>The <c>Alerts</c> table: what is being told, what was told, to whom and with what result. Alerts are opened by <see cref="IAlertPlanStore"/>.</summary>
public interface IAlertStore
{
    /// <summary>
    /// Notes that a project's outbox may hold something, before it does. The sweep reads only these notes, never all projects.
    /// </summary>
    Task MarkPendingAsync(ProjectId projectId, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>The noted projects, with the time of their latest note.</summary>
    IAsyncEnumerable<PendingProject> ReadPendingAsync(CancellationToken cancellationToken);

    /// <summary>Takes a note back, unless it was renewed since it was read. One that cannot be read stays.</summary>
    Task ClearPendingAsync(PendingProject pending, CancellationToken cancellationToken);

    /// <summary>Has the sweep give a project attention at a time: when a channel or terms were changed, at once. May be called again.</summary>
    Task WakeAsync(ProjectId projectId, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>The wake-ups up to a time, the oldest first.</summary>
    IAsyncEnumerable<Wake> ReadWakesAsync(DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>The wake-ups after a time, the earliest first.</summary>
    IAsyncEnumerable<Wake> ReadWakesAfterAsync(DateTimeOffset after, CancellationToken cancellationToken);

    /// <summary>Gone already is no error. One that cannot be read stays.</summary>
    Task DeleteWakeAsync(Wake wake, CancellationToken cancellationToken);

    /// <summary>A project's open alerts, the oldest first. The identities of those that cannot be read are set aside.</summary>
    Task<RowsRead<Alert>> ReadOpenAsync(ProjectId projectId, CancellationToken cancellationToken);

    /// <summary>One alert, open or closed; null when there is none.</summary>
    Task<Alert?> GetAsync(ProjectId projectId, string alertId, CancellationToken cancellationToken);

    /// <summary>The places in the outbox where the changes it tells were, the oldest first; the changes themselves stay in <c>Links</c>.</summary>
    Task<IReadOnlyList<string>> GetChangeKeysAsync(Alert alert, CancellationToken cancellationToken);

    /// <summary>The places in the outbox of all changes that these open alerts report, those that are set aside included.</summary>
    Task<IReadOnlySet<string>> ReadReportedAsync(ProjectId projectId, RowsRead<Alert> open, CancellationToken cancellationToken);

    /// <summary>Writes an open alert over the version that was read; null when somebody else wrote since.</summary>
    Task<Alert?> TrySaveAsync(Alert alert, CancellationToken cancellationToken);

    /// <summary>Moves an open alert to the told ones, in one transaction. False when somebody else wrote since.</summary>
    Task<bool> CloseAsync(Alert alert, CancellationToken cancellationToken);

    /// <summary>A project's closed alerts, the newest first.</summary>
    Task<Slice<Alert>> ListAsync(ProjectId projectId, int maxItems, string? cursor, CancellationToken cancellationToken);

    /// <summary>
    /// Removes a thousand rows of what is kept of a project's telling, its note included. May be called again after a crash.
    /// </summary>
    /// <returns>Whether nothing is left.</returns>
    Task<bool> PurgeAsync(ProjectId projectId, CancellationToken cancellationToken);
}
