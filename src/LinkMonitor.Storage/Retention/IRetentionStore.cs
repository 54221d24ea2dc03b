using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Storage.Retention;

/// <summary>Removes what has been kept for long enough, a step at a time. Every step may be repeated and stopped at any point.</summary>
public interface IRetentionStore
{
    /// <summary>What must stay: the outbox, what open alerts report, and what links that are held went through.</summary>
    /// <param name="margin">How long before a link was held its changes count, too.</param>
    Task<RetentionHold> ReadOwedAsync(ProjectId projectId, TimeSpan margin, CancellationToken cancellationToken);

    /// <summary>Removes up to 500 changes made before a time, from the project's and from the links' histories.</summary>
    /// <returns>Whether nothing more can be removed.</returns>
    Task<bool> RemoveChangesAsync(ProjectId projectId, DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>
    /// Removes up to 500 closed alerts opened before a time, with the keys of their changes. Open ones stay, however old.
    /// </summary>
    /// <returns>Whether nothing more can be removed.</returns>
    Task<bool> RemoveAlertsAsync(ProjectId projectId, DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>
    /// Takes texts and explanations from the evidence of the changes of up to 30 days, made before a time; states, reasons, status, link
    /// and dates stay.
    /// </summary>
    /// <returns>Whether the evidence of all of them has been reduced.</returns>
    Task<bool> ReduceEvidenceAsync(Project project, DateTimeOffset before, CancellationToken cancellationToken);
}

/// <summary>What a project's changes are still needed for.</summary>
/// <param name="IsKnown">False when a row that says so cannot be read: then nothing of the project may go.</param>
/// <param name="Since">The oldest change that waits to be reported or belongs to a link that is held; null when there is none.</param>
public readonly record struct RetentionHold(bool IsKnown, DateTimeOffset? Since);
