using System.Runtime.CompilerServices;
using Azure;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Storage.Projects;

/// <inheritdoc cref="IProjectStore"/>
internal sealed class TableProjectStore(RowTables tables) : IProjectStore
{
    private readonly RowTable _table = tables.Open(TableNames.Projects);

    public async Task<Project> AddAsync(Project project, CancellationToken cancellationToken)
    {
        var version = await _table.AddAsync(ProjectRow.Write(project), cancellationToken)
            ?? throw new InvalidOperationException($"There is a project {project.Id} already.");
        return project with { ETag = version.ToString() };
    }

    public async Task<Project?> GetAsync(ProjectId id, CancellationToken cancellationToken) =>
        await _table.FindAsync(ProjectKeys.Partition, ProjectKeys.Project(id), ProjectRow.Read, cancellationToken);

    public async IAsyncEnumerable<Project> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _table.ReadAsync(ProjectKeys.All, ProjectRow.Read, cancellationToken))
            yield return row;
    }

    public async Task<SaveOutcome> SaveAsync(Project project, CancellationToken cancellationToken)
    {
        var row = ProjectRow.Write(project);
        if (await _table.ReplaceAsync(row, RowColumns.ToETag(project.ETag), cancellationToken) is not null)
            return SaveOutcome.Saved;

        return !await _table.IsThereAsync(row.PartitionKey, row.RowKey, cancellationToken) ? SaveOutcome.Missing : SaveOutcome.Conflict;
    }

    public Task DeleteAsync(ProjectId id, CancellationToken cancellationToken) =>
        _table.DeleteAsync(ProjectKeys.Partition, ProjectKeys.Project(id), ETag.All, cancellationToken);
}
