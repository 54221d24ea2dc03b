using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using LinkMonitor.Storage.Paging;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Storage.Projects;

/// <inheritdoc cref="IProjectStore"/>
internal sealed class TableProjectStore(RowTables tables) : IProjectStore
{
    private const string DeletedAt = "deletedAt";

    private readonly RowTable _table = tables.Open(TableNames.Projects);

    public async Task<Project> AddAsync(Project project, CancellationToken cancellationToken)
    {
        var version = await _table.AddAsync(ProjectRow.Write(project), cancellationToken)
            ?? throw new InvalidOperationException($"There is a project {project.Id} already.");
        return project with { ETag = version.ToString() };
    }

    public async Task<Project?> GetAsync(ProjectId id, CancellationToken cancellationToken) =>
        await _table.FindAsync(ProjectKeys.Partition, ProjectKeys.Project(id), ProjectRow.Read, cancellationToken);

    public Task<Slice<Project>> ListAsync(int maxItems, string? cursor, CancellationToken cancellationToken)
    {
        var projects = new SliceReader<Project> { Table = _table, List = ListNames.Projects, Range = ProjectKeys.All, Map = ProjectRow.Read };
        return projects.ReadAsync(maxItems, cursor, cancellationToken);
    }

    public async Task<SaveOutcome> SaveAsync(Project project, CancellationToken cancellationToken)
    {
        var row = ProjectRow.Write(project);
        if (await _table.ReplaceAsync(row, RowColumns.ToETag(project.ETag), cancellationToken) is not null)
            return SaveOutcome.Saved;

        return !await _table.IsThereAsync(row.PartitionKey, row.RowKey, cancellationToken) ? SaveOutcome.Missing : SaveOutcome.Conflict;
    }

    public async Task DeleteAsync(ProjectId id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // The note first: a crash between the two leaves a note that the purge completes, never rows that nobody purges.
        var note = RowSchema.New(ProjectKeys.DeletedPartition, ProjectKeys.Project(id));
        note[DeletedAt] = now;
        await _table.PutAsync(note, cancellationToken);
        await _table.DeleteAsync(ProjectKeys.Partition, ProjectKeys.Project(id), ETag.All, cancellationToken);
    }

    public async IAsyncEnumerable<DeletedProject> ReadDeletedAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var project in _table.ReadAsync(ProjectKeys.AllDeleted, ReadDeleted, cancellationToken))
            yield return project;
    }

    public Task CompleteDeleteAsync(DeletedProject project, CancellationToken cancellationToken) =>
        _table.DeleteAsync(ProjectKeys.Partition, ProjectKeys.Project(project.Id), ETag.All, cancellationToken);

    public Task ForgetDeletedAsync(DeletedProject project, CancellationToken cancellationToken) => _table.DeleteAsync(
        ProjectKeys.DeletedPartition, ProjectKeys.Project(project.Id), RowColumns.ToETag(project.ETag), cancellationToken);

    private static DeletedProject ReadDeleted(TableEntity row) => new(new ProjectId(row.RowKey), row.Time(DeletedAt), row.Version());
}
