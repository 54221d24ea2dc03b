using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Alerts;

/// <summary>The <c>Alerts</c> table: what the telling of a project remembers, and what it decides.</summary>
public interface IAlertPlanStore
{
    /// <summary>The project's plan; one without a version when nothing was ever planned.</summary>
    Task<AlertPlan> GetAsync(ProjectId projectId, CancellationToken cancellationToken);

    /// <summary>The project's links that are held. The identities of links whose row cannot be read are set aside: they are held, too.</summary>
    Task<RowsRead<UnstableLink>> ReadUnstableAsync(ProjectId projectId, CancellationToken cancellationToken);

    /// <summary>The reminder of a link's terms that was told last; null for none.</summary>
    Task<string?> GetRemindedAsync(ProjectId projectId, LinkId linkId, CancellationToken cancellationToken);

    /// <summary>Asks for a look at a link's terms. Asking twice for the same time is once.</summary>
    Task LookAtTermsAsync(ProjectId projectId, TermLook look, CancellationToken cancellationToken);

    /// <summary>The looks at terms that are to come or were not taken yet, the earliest first.</summary>
    IAsyncEnumerable<ReadRow<TermLook>> ReadTermLooksAsync(ProjectId projectId, CancellationToken cancellationToken);

    /// <summary>
    /// Writes the plan over the version that was read, with the alerts it opens and the links it holds, in one transaction. Null when somebody
    /// else planned since: nothing was written.
    /// </summary>
    Task<AlertPlan?> TryWriteAsync(PlanStep planned, CancellationToken cancellationToken);

    /// <summary>Notes in the plan that the project needs attention since, or at, a time; an earlier time that is noted already stays.</summary>
    Task NoteWakeAsync(ProjectId projectId, DateTimeOffset at, CancellationToken cancellationToken);
}
