using System.Text.Json;
using Azure.Data.Tables;
using LinkMonitor.Engine.Links;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.LinkTypes;

/// <inheritdoc cref="ILinkTypeStore"/>
internal sealed class TableLinkTypeStore(StoreTables tables) : ILinkTypeStore
{
    private const string Prefix = "type:";
    private const string Name = "name";
    private const string Rel = "rel";
    private const string Anchor = "anchor";
    private const string Place = "placement";
    private const string Indexable = "indexable";
    private const string AtOnce = "atOnce";
    private const string ChangedAt = "changedAt";

    private readonly RowTable _table = tables.Open(TableNames.Links);

    private static StorageJsonContext Json => StorageJsonContext.Stored;

    public async Task<ProjectTypes> ReadAsync(ProjectId projectId, CancellationToken cancellationToken)
    {
        var stored = await _table.ReadAllAsync(KeyRange.StartingWith(projectId.Value, Prefix), Read, cancellationToken);
        return ProjectTypes.Of(stored with { SetAside = [.. stored.SetAside.Select(key => key[Prefix.Length..])] });
    }

    public async Task<LinkType?> SaveAsync(ProjectId projectId, LinkType type, CancellationToken cancellationToken)
    {
        var row = Write(projectId, type);
        var version = type.ETag is null
            ? await _table.AddAsync(row, cancellationToken)
            : await _table.ReplaceAsync(row, RowColumns.ToETag(type.ETag), cancellationToken);
        return version is { } stored ? type with { Version = row.GetString(RowSchema.Write), ETag = stored.ToString() } : null;
    }

    public Task<bool> DeleteAsync(ProjectId projectId, LinkType type, CancellationToken cancellationToken) =>
        _table.DeleteAsync(projectId.Value, Prefix + type.Key, RowColumns.ToETag(type.ETag), cancellationToken);

    private static TableEntity Write(ProjectId projectId, LinkType type)
    {
        var row = RowSchema.NewMarked(projectId.Value, Prefix + type.Key);
        row[Name] = type.Name;
        row[Rel] = JsonSerializer.Serialize(type.Rel, Json.ExpectedRelQualifiers);
        row[Anchor] = JsonSerializer.Serialize(type.Anchor, Json.ExpectedString);
        row[Place] = JsonSerializer.Serialize(type.Placement, Json.ExpectedPlacement);
        row[Indexable] = JsonSerializer.Serialize(type.Indexable, Json.ExpectedBoolean);
        row[AtOnce] = JsonSerializer.Serialize(type.AtOnce, Json.IReadOnlyListString);
        row[ChangedAt] = type.ChangedAt;
        return row;
    }

    private static LinkType Read(TableEntity row)
    {
        var key = row.RowKey[Prefix.Length..];
        return new LinkType
        {
            Key = key,
            Name = row.Text(Name),
            Rel = Part(row, Rel, Json.ExpectedRelQualifiers),
            Anchor = Part(row, Anchor, Json.ExpectedString),
            Placement = Part(row, Place, Json.ExpectedPlacement),
            Indexable = Part(row, Indexable, Json.ExpectedBoolean),
            AtOnce = row.Json(AtOnce, Json.IReadOnlyListString),
            IsBuiltIn = BuiltInTypes.Find(key) is not null,
            ChangedAt = row.Time(ChangedAt),
            Version = row.GetString(RowSchema.Write),
            ETag = row.Version(),
        };
    }

    private static Expected<T> Part<T>(
        TableEntity row, string column, System.Text.Json.Serialization.Metadata.JsonTypeInfo<Expected<T>> type)
        where T : notnull
    {
        try
        {
            return JsonSerializer.Deserialize(row.Text(column), type);
        }
        catch (JsonException e)
        {
            throw new FormatException($"The column '{column}' cannot be read: {e.Message}", e);
        }
    }
}
