using LinkMonitor.Storage.Paging;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Storage.Alerts;

/// <summary>The <c>Alerts</c> table: what is being told, what was told, to whom and with what result.</summary>
public interface IAlertStore
{
    /// <summary>
    /// Notes that a project's outbox may hold something, before it does. The sweep reads only these notes, never all projects.
    /// </summary>
    Task MarkPendingAsync(ProjectId projectId, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>The noted projects, with the time of their latest note.</summary>
    IAsyncEnumerable<PendingProject> ReadPendingAsync(CancellationToken cancellationToken);

    /// <summary>Takes a note back, unless it was renewed since it was read.</summary>
    Task ClearPendingAsync(PendingProject pending, CancellationToken cancellationToken);

    /// <summary>The project's open alert; there is at most one.</summary>
    Task<Alert?> GetOpenAsync(ProjectId projectId, CancellationToken cancellationToken);

    /// <summary>Opens an alert; null when the project has an open one already.</summary>
    Task<Alert?> TryOpenAsync(Alert alert, CancellationToken cancellationToken);

    /// <summary>Writes an open alert over the version that was read; null when somebody else wrote since.</summary>
    Task<Alert?> TrySaveAsync(Alert alert, CancellationToken cancellationToken);

    /// <summary>Moves the open alert to the told ones, in one transaction. False when somebody else wrote since.</summary>
    Task<bool> CloseAsync(Alert alert, CancellationToken cancellationToken);

    /// <summary>A project's closed alerts, the newest first.</summary>
    Task<Slice<Alert>> ListAsync(ProjectId projectId, int maxItems, string? cursor, CancellationToken cancellationToken);
}
