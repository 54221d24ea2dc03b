using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Outreach;

/// <summary>The words of a request to a page's owner.</summary>
/// <param name="Name">What it is for, for example <c>link-removed</c>.</param>
/// <param name="Subject">1 to 200 characters on one line, with placeholders.</param>
/// <param name="Body">1 to 8,000 characters, with placeholders.</param>
public sealed record OutreachTemplate(string Name, string Subject, string Body);

/// <summary>The templates that projects put in the place of ours. They lie with the project's links and go when those are purged.</summary>
public interface IOutreachTemplateStore
{
    Task<OutreachTemplate?> GetAsync(ProjectId projectId, string name, CancellationToken cancellationToken);

    /// <summary>All of a project, in order of their names, which are the keys here: also those that cannot be read.</summary>
    IAsyncEnumerable<ReadRow<OutreachTemplate>> ListAsync(ProjectId projectId, CancellationToken cancellationToken);

    /// <summary>Stores a template, in the place of the one of that name. May be repeated.</summary>
    Task PutAsync(ProjectId projectId, OutreachTemplate words, CancellationToken cancellationToken);

    /// <summary>False when it was not there.</summary>
    Task<bool> DeleteAsync(ProjectId projectId, string name, CancellationToken cancellationToken);
}

/// <summary>
/// The row keys of templates in the <c>Links</c> table, whose partition key is the project's identity; see docs/tables/links.md.
/// </summary>
internal static class OutreachTemplateKeys
{
    private const string Prefix = "outreach:";

    public static string Template(string name) => Prefix + name;

    public static string NameOf(string key) => key[Prefix.Length..];

    public static KeyRange Templates(ProjectId projectId) => KeyRange.StartingWith(projectId.Value, Prefix);
}

/// <inheritdoc cref="IOutreachTemplateStore"/>
internal sealed class TableOutreachTemplateStore(StoreTables tables) : IOutreachTemplateStore
{
    private const string Name = "name";
    private const string Subject = "subject";
    private const string Body = "body";

    private readonly RowTable _table = tables.Open(TableNames.Links);

    public async Task<OutreachTemplate?> GetAsync(ProjectId projectId, string name, CancellationToken cancellationToken) =>
        await _table.FindAsync(projectId.Value, OutreachTemplateKeys.Template(name), Read, cancellationToken);

    public async IAsyncEnumerable<ReadRow<OutreachTemplate>> ListAsync(
        ProjectId projectId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = new RowQuery(OutreachTemplateKeys.Templates(projectId));
        await foreach (var row in _table.ReadAsync(query, Read, cancellationToken))
            yield return row with { Key = OutreachTemplateKeys.NameOf(row.Key) };
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
