using System.Text.Json.Serialization;
using Azure.Data.Tables;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Links;

/// <summary>What an address of an export gives.</summary>
[JsonConverter(typeof(WireNameJsonConverter<ExportGift>))]
public enum ExportGift
{
    /// <summary>The links as CSV.</summary>
    Csv,

    /// <summary>The links as an Excel workbook.</summary>
    Xlsx,

    /// <summary>The links as JSON lines.</summary>
    Jsonl,

    /// <summary>The latest changes of the links, as RSS.</summary>
    Rss,

    /// <summary>The ends of their terms, as a calendar.</summary>
    Ics,
}

/// <summary>
/// A secret address at which a view of a project is read without a key, until it is revoked. The secret itself is not stored.
/// </summary>
public sealed record ExportAddress
{
    public required ProjectId ProjectId { get; init; }

    /// <summary><c>adr_</c> and a hash of the secret, see <see cref="ExportSecrets"/>.</summary>
    public required string Id { get; init; }

    public required ExportGift Gives { get; init; }

    /// <summary>The id of a saved or built-in view, which the address follows when it is changed; null for all links.</summary>
    public string? View { get; init; }

    /// <summary>The generation of the project's public addresses that it was made in: it ends with it.</summary>
    public required int Generation { get; init; }

    /// <summary>Who made it.</summary>
    public required Author By { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last opened, to ten minutes; null for never.</summary>
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>The version that was read; null for one that is not stored yet.</summary>
    public string? ETag { get; init; }
}

/// <summary>The secrets of export addresses.</summary>
public static class ExportSecrets
{
    private const string Prefix = "adr_";

    /// <summary>Draws a new one: 130 random bits.</summary>
    public static string New() => ShortHash.Draw();

    /// <summary>The identity of the address with a secret: a hash, from which nobody finds the secret.</summary>
    public static string IdOf(string secret) => Prefix + ShortHash.Of(secret);

    /// <summary>Whether a text has the form of an identity.</summary>
    public static bool IsId(string? text) => ShortHash.IsWellFormed(text, Prefix, ShortHash.Length);
}

/// <summary>The addresses of a project's exports: rows beside the links, in the <c>Links</c> table; they go when it is purged.</summary>
public interface IExportAddressStore
{
    /// <summary>All of a project, in order of their ids.</summary>
    Task<RowsRead<ExportAddress>> ListAsync(ProjectId projectId, CancellationToken cancellationToken);

    Task<ExportAddress?> FindAsync(ProjectId projectId, string id, CancellationToken cancellationToken);

    Task AddAsync(ExportAddress address, CancellationToken cancellationToken);

    /// <summary>Notes that one was opened. Nothing happens when somebody else has just done that, or it was revoked.</summary>
    Task NoteOpenedAsync(ExportAddress address, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Revokes one; false when it is not there.</summary>
    Task<bool> DeleteAsync(ProjectId projectId, string id, CancellationToken cancellationToken);
}

/// <inheritdoc cref="IExportAddressStore"/>
internal sealed class TableExportAddressStore(StoreTables tables) : IExportAddressStore
{
    private const string Prefix = "address:";
    private const string Gives = "gives";
    private const string View = "view";
    private const string Generation = "generation";
    private const string ById = "byId";
    private const string ByName = "byName";
    private const string CreatedAt = "createdAt";
    private const string OpenedAt = "openedAt";

    private readonly RowTable _table = tables.Open(TableNames.Links);

    public Task<RowsRead<ExportAddress>> ListAsync(ProjectId projectId, CancellationToken cancellationToken) =>
        _table.ReadAllAsync(KeyRange.StartingWith(projectId.Value, Prefix), Read, cancellationToken);

    public async Task<ExportAddress?> FindAsync(ProjectId projectId, string id, CancellationToken cancellationToken) =>
        await _table.FindAsync(projectId.Value, Prefix + id, Read, cancellationToken);

    public async Task AddAsync(ExportAddress address, CancellationToken cancellationToken)
    {
        if (await _table.AddAsync(Write(address), cancellationToken) is null)
            throw new InvalidOperationException($"There is an address '{address.Id}' already, though its secret was drawn.");
    }

    public Task NoteOpenedAsync(ExportAddress address, DateTimeOffset at, CancellationToken cancellationToken) =>
        _table.ReplaceAsync(Write(address with { OpenedAt = at }), RowColumns.ToETag(address.ETag), cancellationToken);

    public Task<bool> DeleteAsync(ProjectId projectId, string id, CancellationToken cancellationToken) =>
        _table.DeleteAsync(projectId.Value, Prefix + id, Azure.ETag.All, cancellationToken);

    private static TableEntity Write(ExportAddress address)
    {
        var row = RowSchema.NewMarked(address.ProjectId.Value, Prefix + address.Id);
        row[Gives] = WireName.Of(address.Gives);
        row[View] = address.View;
        row[Generation] = address.Generation;
        row[ById] = address.By.Id;
        row[ByName] = address.By.Name;
        row[CreatedAt] = address.CreatedAt;
        row[OpenedAt] = address.OpenedAt;
        return row;
    }

    private static ExportAddress Read(TableEntity row) => new()
    {
        ProjectId = new ProjectId(row.PartitionKey),
        Id = row.RowKey[Prefix.Length..],
        Gives = WireName.TryParse<ExportGift>(row.Text(Gives), out var gives) ? gives
            : throw new FormatException($"The row's column '{Gives}' names nothing that an address gives."),
        View = row.GetString(View),
        Generation = row.GetInt32(Generation) ?? throw new FormatException($"The row has no column '{Generation}'."),
        By = new Author(row.Text(ById), row.Text(ByName)),
        CreatedAt = row.Time(CreatedAt),
        OpenedAt = row.GetDateTimeOffset(OpenedAt),
        ETag = row.Version(),
    };
}
