using System.Runtime.CompilerServices;
using Azure;
using LinkMonitor.Storage.Connecting;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Storage.Projects;

/// <inheritdoc cref="IProjectStore"/>
internal sealed class TableProjectStore(StorageConnection connection) : IProjectStore
{
    private readonly TableClient _table = connection.Table(TableNames.Projects);

    public async Task<Project> AddAsync(Project project, CancellationToken cancellationToken)
    {
        var answer = await _table.AddEntityAsync(ProjectRow.Write(project), cancellationToken);
        return project with { ETag = answer.Headers.ETag?.ToString() };
    }

    public async Task<Project?> GetAsync(ProjectId id, CancellationToken cancellationToken) =>
        await _table.FindAsync(ProjectKeys.Partition, ProjectKeys.Project(id), cancellationToken) is { } row ? ProjectRow.Read(row) : null;

    public async IAsyncEnumerable<Project> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _table.ReadAsync(ProjectKeys.All, cancellationToken))
            yield return ProjectRow.Read(row);
    }

    public async Task<SaveOutcome> SaveAsync(Project project, CancellationToken cancellationToken)
    {
        var row = ProjectRow.Write(project);
        if (await _table.TryReplaceAsync(row, RowColumns.ToETag(project.ETag), cancellationToken) is not null)
            return SaveOutcome.Saved;

        var stored = await _table.FindAsync(row.PartitionKey, row.RowKey, cancellationToken);
        return stored is null ? SaveOutcome.Missing
            : RowSchema.IsSameWrite(stored, row) ? SaveOutcome.Saved
            : SaveOutcome.Conflict;
    }

    public Task DeleteAsync(ProjectId id, CancellationToken cancellationToken) =>
        _table.TryDeleteAsync(ProjectKeys.Partition, ProjectKeys.Project(id), ETag.All, cancellationToken);
}
