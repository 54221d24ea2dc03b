using Azure.Data.Tables;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Links;

/// <summary>A filter line of a project under a name.</summary>
public sealed record SavedView
{
    public required ProjectId ProjectId { get; init; }

    /// <summary><c>viw_</c> and 26 base-32 characters.</summary>
    public required string Id { get; init; }

    /// <summary>1 to 60 characters on one line.</summary>
    public required string Name { get; init; }

    /// <summary>In the spelling in which the filter line was read.</summary>
    public required string Line { get; init; }

    /// <summary>The key of whoever saved it.</summary>
    public required Author By { get; init; }

    /// <summary>Everybody who sees the project sees it; otherwise only <see cref="By"/>.</summary>
    public required bool IsShared { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Another one with every write, for <c>If-Match</c>; null for one that is not stored yet.</summary>
    public string? Version { get; init; }

    /// <summary>The version that was read; null for one that is not stored yet.</summary>
    public string? ETag { get; init; }
}

/// <summary>Identities of saved views.</summary>
public static class SavedViewIds
{
    private const string Prefix = "viw_";
    private const int Length = 26;

    /// <summary>Draws a new one: 130 random bits.</summary>
    public static string New() => Prefix + ShortHash.Draw(Length);

    /// <summary>Whether a text has the form of one.</summary>
    public static bool IsValid(string? text) => ShortHash.IsWellFormed(text, Prefix, Length);
}

/// <summary>The views that people saved: rows beside the links, in the <c>Links</c> table; they go when a project is purged.</summary>
public interface ISavedViewStore
{
    /// <summary>All of a project, in order of their ids.</summary>
    Task<RowsRead<SavedView>> ListAsync(ProjectId projectId, CancellationToken cancellationToken);

    Task<SavedView?> FindAsync(ProjectId projectId, string id, CancellationToken cancellationToken);

    /// <summary>Stores a new one.</summary>
    /// <returns>As it is stored.</returns>
    Task<SavedView> AddAsync(SavedView view, CancellationToken cancellationToken);

    /// <summary>Stores one that was read; null when somebody changed or deleted it since.</summary>
    Task<SavedView?> SaveAsync(SavedView view, CancellationToken cancellationToken);

    /// <summary>Deletes one that was read; false when somebody changed or deleted it since.</summary>
    Task<bool> DeleteAsync(SavedView view, CancellationToken cancellationToken);
}

/// <inheritdoc cref="ISavedViewStore"/>
internal sealed class TableSavedViewStore(StoreTables tables) : ISavedViewStore
{
    private const string Prefix = "view:";
    private const string Name = "name";
    private const string Line = "line";
    private const string ById = "byId";
    private const string ByName = "byName";
    private const string Shared = "shared";
    private const string CreatedAt = "createdAt";

    private readonly RowTable _table = tables.Open(TableNames.Links);

    public Task<RowsRead<SavedView>> ListAsync(ProjectId projectId, CancellationToken cancellationToken) =>
        _table.ReadAllAsync(KeyRange.StartingWith(projectId.Value, Prefix), Read, cancellationToken);

    public async Task<SavedView?> FindAsync(ProjectId projectId, string id, CancellationToken cancellationToken) =>
        await _table.FindAsync(projectId.Value, Prefix + id, Read, cancellationToken);

    public async Task<SavedView> AddAsync(SavedView view, CancellationToken cancellationToken)
    {
        var row = Write(view);
        return await _table.AddAsync(row, cancellationToken) is { } version
            ? Stored(view, row, version)
            : throw new InvalidOperationException($"There is a view '{view.Id}' already, though its id was drawn.");
    }

    public async Task<SavedView?> SaveAsync(SavedView view, CancellationToken cancellationToken)
    {
        var row = Write(view);
        return await _table.ReplaceAsync(row, RowColumns.ToETag(view.ETag), cancellationToken) is { } version
            ? Stored(view, row, version)
            : null;
    }

    public Task<bool> DeleteAsync(SavedView view, CancellationToken cancellationToken) =>
        _table.DeleteAsync(view.ProjectId.Value, Prefix + view.Id, RowColumns.ToETag(view.ETag), cancellationToken);

    private static SavedView Stored(SavedView view, TableEntity row, Azure.ETag version) =>
        view with { Version = row.GetString(RowSchema.Write), ETag = version.ToString() };

    private static TableEntity Write(SavedView view)
    {
        var row = RowSchema.NewMarked(view.ProjectId.Value, Prefix + view.Id);
        row[Name] = view.Name;
        row[Line] = view.Line;
        row[ById] = view.By.Id;
        row[ByName] = view.By.Name;
        row[Shared] = view.IsShared;
        row[CreatedAt] = view.CreatedAt;
        return row;
    }

    private static SavedView Read(TableEntity row) => new()
    {
        ProjectId = new ProjectId(row.PartitionKey),
        Id = row.RowKey[Prefix.Length..],
        Name = row.Text(Name),
        Line = row.Text(Line),
        By = new Author(row.Text(ById), row.Text(ByName)),
        IsShared = row.GetBoolean(Shared) ?? throw new FormatException($"The row has no column '{Shared}'."),
        CreatedAt = row.Time(CreatedAt),
        Version = row.GetString(RowSchema.Write),
        ETag = row.Version(),
    };
}
