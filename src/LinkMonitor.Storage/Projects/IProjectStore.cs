using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Storage.Projects;

/// <summary>The <c>Projects</c> table.</summary>
public interface IProjectStore
{
    /// <exception cref="InvalidOperationException">There is one with this identity; identities are drawn, so this is a bug.</exception>
    Task<Project> AddAsync(Project project, CancellationToken cancellationToken);

    Task<Project?> GetAsync(ProjectId id, CancellationToken cancellationToken);

    /// <summary>All projects, in order of identity.</summary>
    IAsyncEnumerable<Project> ListAsync(CancellationToken cancellationToken);

    /// <summary>Writes a project over the version that was read.</summary>
    Task<SaveOutcome> SaveAsync(Project project, CancellationToken cancellationToken);

    /// <summary>Removes the project's row; its links are purged before through <c>ILinkStore</c>. Gone already is no error.</summary>
    Task DeleteAsync(ProjectId id, CancellationToken cancellationToken);
}
