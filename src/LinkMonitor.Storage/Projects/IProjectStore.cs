using LinkMonitor.Storage.Paging;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Storage.Projects;

/// <summary>The <c>Projects</c> table.</summary>
public interface IProjectStore
{
    /// <exception cref="InvalidOperationException">There is one with this identity; identities are drawn, so this is a bug.</exception>
    Task<Project> AddAsync(Project project, CancellationToken cancellationToken);

    Task<Project?> GetAsync(ProjectId id, CancellationToken cancellationToken);

    /// <summary>All projects, in order of identity.</summary>
    /// <param name="maxItems">1 to 1,000.</param>
    /// <exception cref="InvalidCursorException">The cursor is not of this list.</exception>
    Task<Slice<Project>> ListAsync(int maxItems, string? cursor, CancellationToken cancellationToken);

    /// <summary>Writes a project over the version that was read.</summary>
    Task<SaveOutcome> SaveAsync(Project project, CancellationToken cancellationToken);

    /// <summary>
    /// Removes the project's row, and notes first that what it owned is to be purged. May be called again after a crash; when it is gone
    /// already the note
    /// is renewed.
    /// </summary>
    Task DeleteAsync(ProjectId id, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>The notes of deleted projects.</summary>
    IAsyncEnumerable<DeletedProject> ReadDeletedAsync(CancellationToken cancellationToken);

    /// <summary>Removes the row of a project that is noted as deleted, should whoever noted it have died before.</summary>
    Task CompleteDeleteAsync(DeletedProject project, CancellationToken cancellationToken);

    /// <summary>Takes a note back when nothing is left of the project, unless it was renewed since it was read.</summary>
    Task ForgetDeletedAsync(DeletedProject project, CancellationToken cancellationToken);
}
