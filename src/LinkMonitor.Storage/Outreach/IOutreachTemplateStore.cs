using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Storage.Outreach;

/// <summary>The templates that projects put in the place of ours. They lie with the project's links and go when those are purged.</summary>
public interface IOutreachTemplateStore
{
    Task<OutreachTemplate?> GetAsync(ProjectId projectId, string name, CancellationToken cancellationToken);

    /// <summary>All of a project, in order of their names.</summary>
    IAsyncEnumerable<OutreachTemplate> ListAsync(ProjectId projectId, CancellationToken cancellationToken);

    /// <summary>Stores a template, in the place of the one of that name. May be repeated.</summary>
    Task PutAsync(ProjectId projectId, OutreachTemplate words, CancellationToken cancellationToken);

    /// <summary>False when it was not there.</summary>
    Task<bool> DeleteAsync(ProjectId projectId, string name, CancellationToken cancellationToken);
}
