using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Paging;

namespace LinkMonitor.Storage.Imports;

/// <summary>The <c>Imports</c> table: imports with their files, and the sheets that are polled.</summary>
public interface IImportStore
{
    Task<ImportRun?> FindAsync(ProjectId projectId, string id, CancellationToken cancellationToken);

    /// <summary>A project's imports, the newest first.</summary>
    /// <exception cref="InvalidCursorException">The cursor is not of this list.</exception>
    Task<Slice<ImportRun>> ListAsync(ProjectId projectId, int maxItems, string? cursor, CancellationToken cancellationToken);

    /// <summary>The import that a caller's key stands for: the first one it was given for.</summary>
    /// <param name="id">The import to note when the key is new.</param>
    Task<string> ClaimAsync(ProjectId projectId, string key, string id, CancellationToken cancellationToken);

    /// <summary>Keeps a file; what was kept of it before is written over.</summary>
    /// <param name="file">Compressed already, or not worth it.</param>
    /// <returns>How many rows it took.</returns>
    Task<int> PutFileAsync(ProjectId projectId, string id, Stream file, CancellationToken cancellationToken);

    /// <summary>Writes a kept file to a stream.</summary>
    /// <exception cref="InvalidDataException">A part of it is missing.</exception>
    Task ReadFileAsync(ImportRun run, Stream into, CancellationToken cancellationToken);

    /// <summary>Removes a file. May be called again after a crash.</summary>
    Task RemoveFileAsync(ProjectId projectId, string id, CancellationToken cancellationToken);

    /// <summary>Stores a new one; an open one is also noted among those with work to do, before it is stored.</summary>
    /// <returns>As it is stored; null when there is one of its id.</returns>
    Task<ImportRun?> AddAsync(ImportRun run, CancellationToken cancellationToken);

    /// <summary>Stores one over the version that was read.</summary>
    /// <returns>As it is stored; null when somebody wrote it meanwhile.</returns>
    Task<ImportRun?> SaveAsync(ImportRun run, CancellationToken cancellationToken);

    /// <summary>Those of all projects that have work to do, with some that have not any more.</summary>
    IAsyncEnumerable<(ProjectId ProjectId, string Id)> ReadOpenAsync(CancellationToken cancellationToken);

    /// <summary>Takes one out of those that have work to do.</summary>
    Task CloseAsync(ProjectId projectId, string id, CancellationToken cancellationToken);

    /// <summary>Whether a project has anything here, files and keys included. Reads one row.</summary>
    Task<bool> HasAnyAsync(ProjectId projectId, CancellationToken cancellationToken);

    /// <summary>Removes files that were kept for imports that nobody ever stored.</summary>
    /// <param name="before">Only those of ids that were drawn before.</param>
    Task RemoveStraysAsync(ProjectId projectId, DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>Removes a thousand rows of a project. May be called again after a crash.</summary>
    /// <returns>Whether nothing is left.</returns>
    Task<bool> PurgeAsync(ProjectId projectId, CancellationToken cancellationToken);
}

/// <summary>The sheets that are polled, in the <c>Imports</c> table.</summary>
public interface IPolledSheetStore
{
    /// <summary>All of a project.</summary>
    Task<IReadOnlyList<PolledSheet>> ListAsync(ProjectId projectId, CancellationToken cancellationToken);

    Task<PolledSheet?> FindAsync(ProjectId projectId, string id, CancellationToken cancellationToken);

    /// <summary>Stores a new one, or one over the version that was read; its place in the schedule is written first.</summary>
    /// <returns>As it is stored; null when somebody wrote or deleted it meanwhile.</returns>
    Task<PolledSheet?> SaveAsync(PolledSheet sheet, CancellationToken cancellationToken);

    /// <summary>Ends the polling; what was imported stays.</summary>
    Task<bool> DeleteAsync(ProjectId projectId, string id, CancellationToken cancellationToken);

    /// <summary>The places in the schedule up to a time, the oldest first.</summary>
    IAsyncEnumerable<SheetPlace> ReadDueAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Takes a place out of the schedule; gone already is no error.</summary>
    Task RemovePlaceAsync(SheetPlace place, CancellationToken cancellationToken);
}

/// <summary>A place in the schedule of polled sheets.</summary>
public sealed record SheetPlace(DateTimeOffset DueAt, ProjectId ProjectId, string SheetId);
