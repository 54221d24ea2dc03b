using Azure.Data.Tables;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Keys;

/// <summary>An API key as a row.</summary>
internal static class ApiKeyRow
{
    private const string Name = "name";
    private const string Scope = "scope";
    private const string ProjectIdColumn = "projectId";
    private const string Hash = "hash";
    private const string CreatedAt = "createdAt";

    /// <summary>The row, with a marker of its own.</summary>
    public static TableEntity Write(ApiKey key)
    {
        var row = RowSchema.NewMarked(ApiKeyKeys.Partition, ApiKeyKeys.Key(key.Id));
        row[Name] = key.Name;
        row[Scope] = WireName.Of(key.Scope);
        row[ProjectIdColumn] = key.ProjectId?.Value;
        row[Hash] = key.Hash;
        row[CreatedAt] = key.CreatedAt;
        return row;
    }

    /// <exception cref="FormatException">The row is damaged.</exception>
    public static ApiKey Read(TableEntity row) => new()
    {
        Id = row.RowKey,
        Name = row.Text(Name),
        Scope = WireName.Parse<ApiKeyScope>(row.Text(Scope)),
        ProjectId = row.GetString(ProjectIdColumn) is { } projectId ? new ProjectId(projectId) : null,
        Hash = row.Text(Hash),
        CreatedAt = row.Time(CreatedAt),
    };
}
