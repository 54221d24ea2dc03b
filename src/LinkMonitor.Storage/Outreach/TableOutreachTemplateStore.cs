using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Outreach;

/// <inheritdoc cref="IOutreachTemplateStore"/>
internal sealed class TableOutreachTemplateStore(RowTables tables) : IOutreachTemplateStore
{
    private const string Name = "name";
    private const string Subject = "subject";
    private const string Body = "body";

    private readonly RowTable _table = tables.Open(TableNames.Links);

    public async Task<OutreachTemplate?> GetAsync(ProjectId projectId, string name, CancellationToken cancellationToken) =>
        await _table.FindAsync(projectId.Value, OutreachTemplateKeys.Template(name), Read, cancellationToken);

    public async IAsyncEnumerable<OutreachTemplate> ListAsync(ProjectId projectId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _table.ReadAsync(OutreachTemplateKeys.Templates(projectId), Read, cancellationToken))
            yield return row;
    }

    public Task PutAsync(ProjectId projectId, OutreachTemplate words, CancellationToken cancellationToken) =>
        _table.PutAsync(Write(projectId, words), cancellationToken);

    public Task<bool> DeleteAsync(ProjectId projectId, string name, CancellationToken cancellationToken) =>
        _table.DeleteAsync(projectId.Value, OutreachTemplateKeys.Template(name), Azure.ETag.All, cancellationToken);

    private static TableEntity Write(ProjectId projectId, OutreachTemplate template)
    {
        var row = RowSchema.New(projectId.Value, OutreachTemplateKeys.Template(template.Name));
        row[Name] = template.Name;
        row[Subject] = template.Subject;
        row[Body] = template.Body;
        return row;
    }

    private static OutreachTemplate Read(TableEntity row) => new(row.Text(Name), row.Text(Subject), row.Text(Body));
}
