using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Paging;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.ClientReports;

/// <summary>The <c>Reports</c> table: reports for clients with their facts, and the addresses they are read at.</summary>
public interface IClientReportStore
{
    /// <summary>Notes that pieces will be stored, so that they are removed if no report comes of them. Comes before any piece.</summary>
    Task BeginAsync(ProjectId projectId, string piecesId, CancellationToken cancellationToken);

    /// <summary>Keeps a piece of the facts of a report to come. Nobody sees it before <see cref="AddAsync"/>.</summary>
    /// <param name="bytes">1 to <see cref="PieceLimits.MaxBytes"/>.</param>
    Task PutPieceAsync(
        ProjectId projectId, string piecesId, string list, int number, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>A piece of a report's facts.</summary>
    /// <param name="number">From 0.</param>
    /// <returns>Null when the report was deleted meanwhile.</returns>
    /// <exception cref="InvalidDataException">The report is there, and the piece is missing.</exception>
    Task<byte[]?> ReadPieceAsync(ClientReport report, string list, int number, CancellationToken cancellationToken);

    /// <summary>
    /// Makes a report of pieces that are all stored: it gets its number and is there whole, or it is not there at all.
    /// </summary>
    /// <param name="report">Its number counts for nothing.</param>
    /// <param name="claim">What the request that makes it is known by; null for none.</param>
    /// <returns>As it is stored; null when another request of the same key made one meanwhile (<see cref="FindClaimAsync"/>).</returns>
    Task<ClientReport?> AddAsync(ClientReport report, ReportClaim? claim, CancellationToken cancellationToken);

    /// <summary>What a caller's key stands for; null when it was not used yet.</summary>
    Task<ClaimedReport?> FindClaimAsync(ProjectId projectId, string key, CancellationToken cancellationToken);

    Task<ClientReport?> FindAsync(ProjectId projectId, int number, CancellationToken cancellationToken);

    /// <summary>The newest report of a filter line; null for none.</summary>
    Task<ClientReport?> FindLastAsync(ProjectId projectId, string line, CancellationToken cancellationToken);

    /// <summary>A project's reports, the newest first.</summary>
    /// <exception cref="InvalidCursorException">The cursor is not of this list.</exception>
    Task<Slice<ClientReport>> ListAsync(ProjectId projectId, int maxItems, string? cursor, CancellationToken cancellationToken);

    /// <summary>Deletes a report with its addresses and facts; its number is not given again.</summary>
    /// <returns>False when it is gone already.</returns>
    Task<bool> DeleteAsync(ClientReport report, CancellationToken cancellationToken);

    /// <summary>How reports to come will look; <see cref="KeptBrand.None"/> before somebody said.</summary>
    Task<KeptBrand> FindBrandAsync(ProjectId projectId, CancellationToken cancellationToken);

    Task PutBrandAsync(ProjectId projectId, KeptBrand brand, CancellationToken cancellationToken);

    /// <summary>Removes a thousand rows of a project. May be called again after a crash.</summary>
    /// <returns>Whether nothing is left.</returns>
    Task<bool> PurgeAsync(ProjectId projectId, CancellationToken cancellationToken);

    /// <summary>Removes pieces that no report came of, and those that a deletion left. Reads one range that is mostly empty.</summary>
    /// <param name="before">Only those that were begun before.</param>
    Task RemoveStraysAsync(ProjectId projectId, DateTimeOffset before, CancellationToken cancellationToken);
}

/// <summary>The addresses of reports, in the <c>Reports</c> table.</summary>
public interface IReportShareStore
{
    /// <summary>All of a report, the oldest first.</summary>
    Task<RowsRead<ReportShare>> ListAsync(ProjectId projectId, int number, CancellationToken cancellationToken);

    Task<ReportShare?> FindAsync(ProjectId projectId, int number, string id, CancellationToken cancellationToken);

    /// <returns>As it is stored.</returns>
    Task<ReportShare> AddAsync(ReportShare share, CancellationToken cancellationToken);

    /// <summary>Stores one over the version that was read.</summary>
    /// <returns>As it is stored; null when somebody wrote it meanwhile, or it is gone.</returns>
    Task<ReportShare?> SaveAsync(ReportShare share, CancellationToken cancellationToken);
}

/// <summary>How the facts of a report lie in rows.</summary>
public static class PieceLimits
{
    /// <summary>
    /// What a row takes of a piece: twelve columns of 60,000 bytes, below the 64 KiB of a property and the 1 MiB of a row
    /// (https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model).
    /// </summary>
    public const int MaxBytes = ColumnBytes * Columns;

    internal const int ColumnBytes = 60_000;
    internal const int Columns = 12;
}

/// <summary>The key of a caller's request, and a mark of what was asked for.</summary>
/// <param name="Key">Whatever the caller wrote.</param>
/// <param name="Mark">Another one for another request.</param>
public sealed record ReportClaim(string Key, string Mark);

/// <summary>What a key was used for.</summary>
public sealed record ClaimedReport(int Number, string Mark);
