using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Storage.Alerts;

/// <summary>The <c>Alerts</c> table: what is under way for a project.</summary>
public interface IAlertWorkStore
{
    /// <summary>One without a version when nothing was ever under way.</summary>
    Task<AlertWork> GetAsync(ProjectId projectId, CancellationToken cancellationToken);

    /// <summary>Writes it over the version that was read; null when somebody else wrote since.</summary>
    Task<AlertWork?> TrySaveAsync(AlertWork work, CancellationToken cancellationToken);
}
