using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Paging;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Storage.Imports;

/// <inheritdoc cref="IImportStore"/>
internal sealed class TableImportStore(StoreTables tables) : IImportStore
{
    /// <summary>In bytes of one column, below what the service takes.</summary>
    private const int ColumnLength = 60_000;

    private const int ColumnsOfPiece = 12;

    private readonly RowTable _table = tables.Open(TableNames.Imports);

    public async Task<ImportRun?> FindAsync(ProjectId projectId, string id, CancellationToken cancellationToken) =>
        ImportIds.IsValid(id)
            ? await _table.FindAsync(projectId.Value, ImportKeys.Import(id), ImportRow.Read, cancellationToken)
            : null;

    public Task<Slice<ImportRun>> ListAsync(
        ProjectId projectId, int maxItems, string? cursor, CancellationToken cancellationToken)
    {
        var imports = new SliceReader<ImportRun>
        {
            Table = _table,
            List = $"{ListNames.Imports} {projectId}",
            Range = KeyRange.StartingWith(projectId.Value, ImportKeys.ImportPrefix),
            Map = ImportRow.Read,
        };
        return imports.ReadAsync(maxItems, cursor, cancellationToken);
    }

    public async Task<string> ClaimAsync(ProjectId projectId, string key, string id, CancellationToken cancellationToken)
    {
        var row = RowSchema.New(projectId.Value, ImportKeys.Key(key));
        row[ImportRow.ImportId] = id;
        if (await _table.AddAsync(row, cancellationToken) is not null)
            return id;
        return await _table.FindAsync(row.PartitionKey, row.RowKey, found => found.Text(ImportRow.ImportId), cancellationToken) ?? id;
    }

    public async Task<int> PutFileAsync(ProjectId projectId, string id, Stream file, CancellationToken cancellationToken)
    {
        var (pieces, buffer) = (0, new byte[ColumnLength]);
        while (true)
        {
            var row = RowSchema.New(projectId.Value, ImportKeys.Piece(id, pieces));
            var columns = 0;
            while (columns < ColumnsOfPiece
                && await file.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken) is > 0 and var count)
                row[Column(columns++)] = buffer[..count];
            if (columns == 0)
                return pieces;
            await _table.PutAsync(row, cancellationToken);
            pieces++;
            if (columns < ColumnsOfPiece)
                return pieces;
        }
    }

    public async Task ReadFileAsync(ImportRun run, Stream into, CancellationToken cancellationToken)
    {
        for (var piece = 0; piece < run.Pieces; piece++)
        {
            var parts = await _table.FindAsync(run.ProjectId.Value, ImportKeys.Piece(run.Id, piece), Parts, cancellationToken)
                ?? throw new InvalidDataException($"Piece {piece} of the file of {run.Id} is missing.");
            foreach (var part in parts)
                await into.WriteAsync(part, cancellationToken);
        }
    }

    public async Task RemoveFileAsync(ProjectId projectId, string id, CancellationToken cancellationToken)
    {
        while (!await _table.DeleteStepAsync(
            KeyRange.StartingWith(projectId.Value, ImportKeys.Pieces(id)), cancellationToken))
            cancellationToken.ThrowIfCancellationRequested();
    }

    public async Task<ImportRun?> AddAsync(ImportRun run, CancellationToken cancellationToken)
    {
        await NoteAsync(run, cancellationToken);
        return await _table.AddAsync(ImportRow.Write(run), cancellationToken) is { } version
            ? run with { ETag = version.ToString() }
            : null;
    }

    public async Task<ImportRun?> SaveAsync(ImportRun run, CancellationToken cancellationToken)
    {
        await NoteAsync(run, cancellationToken);
        return await _table.ReplaceAsync(ImportRow.Write(run), RowColumns.ToETag(run.ETag), cancellationToken) is { } version
            ? run with { ETag = version.ToString() }
            : null;
    }

    public async IAsyncEnumerable<(ProjectId ProjectId, string Id)> ReadOpenAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var key in _table.ReadKeysAsync(KeyRange.Whole(ImportKeys.OpenPartition), cancellationToken))
        {
            if (key.Split(':') is [var project, var id] && Ids.ProjectId.IsValid(project) && ImportIds.IsValid(id))
                yield return (new ProjectId(project), id);
        }
    }

    public Task CloseAsync(ProjectId projectId, string id, CancellationToken cancellationToken) =>
        _table.DeleteAsync(ImportKeys.OpenPartition, ImportKeys.Open(projectId, id), ETag.All, cancellationToken);

    public Task<bool> HasAnyAsync(ProjectId projectId, CancellationToken cancellationToken) =>
        _table.AnyAsync(KeyRange.Whole(projectId.Value), cancellationToken);

    public async Task RemoveStraysAsync(ProjectId projectId, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var limit = ImportIds.New(before);
        string? last = null;
        await foreach (var key in _table.ReadKeysAsync(KeyRange.StartingWith(projectId.Value, ImportKeys.FilePrefix), cancellationToken))
        {
            // The newer an id, the sooner it comes.
            var id = key.Split(':')[1];
            if (id == last || string.CompareOrdinal(id, limit) < 0)
                continue;
            last = id;
            if (!await _table.IsThereAsync(projectId.Value, ImportKeys.Import(id), cancellationToken))
                await RemoveFileAsync(projectId, id, cancellationToken);
        }
    }

    public Task<bool> PurgeAsync(ProjectId projectId, CancellationToken cancellationToken) =>
        _table.DeleteStepAsync(KeyRange.Whole(projectId.Value), cancellationToken);

    // Noted before it is stored: a crash between leaves a note too many, which the next sweep takes back.
    private async Task NoteAsync(ImportRun run, CancellationToken cancellationToken)
    {
        if (run.IsOpen)
            await _table.PutAsync(
                RowSchema.New(ImportKeys.OpenPartition, ImportKeys.Open(run.ProjectId, run.Id)), cancellationToken);
    }

    private static IReadOnlyList<byte[]> Parts(TableEntity row)
    {
        // A piece without any part was never written.
        var parts = new List<byte[]> { row.GetBinary(Column(0)) ?? throw new FormatException($"The column {Column(0)} is missing.") };
        for (var at = 1; at < ColumnsOfPiece && row.GetBinary(Column(at)) is { } part; at++)
            parts.Add(part);
        return parts;
    }

    private static string Column(int at) => string.Create(CultureInfo.InvariantCulture, $"part{at:D2}");
}

/// <inheritdoc cref="IPolledSheetStore"/>
internal sealed class TablePolledSheetStore(StoreTables tables) : IPolledSheetStore
{
    private readonly RowTable _table = tables.Open(TableNames.Imports);

    public Task<RowsRead<PolledSheet>> ListAsync(ProjectId projectId, CancellationToken cancellationToken) =>
        _table.ReadAllAsync(KeyRange.StartingWith(projectId.Value, ImportKeys.SheetPrefix), SheetRow.Read, cancellationToken);

    public async Task<PolledSheet?> FindAsync(ProjectId projectId, string id, CancellationToken cancellationToken) =>
        ImportIds.IsSheet(id)
            ? await _table.FindAsync(projectId.Value, ImportKeys.SheetPrefix + id, SheetRow.Read, cancellationToken)
            : null;

    public async Task<PolledSheet?> SaveAsync(PolledSheet sheet, CancellationToken cancellationToken)
    {
        // A place too many is harmless: whoever comes for it finds that the sheet is not due, and removes it.
        await _table.PutAsync(
            RowSchema.New(ImportKeys.DuePartition, ImportKeys.Due(sheet.DueAt, sheet.ProjectId, sheet.Id)), cancellationToken);
        var row = SheetRow.Write(sheet);
        var version = sheet.ETag is null
            ? await _table.AddAsync(row, cancellationToken)
            : await _table.ReplaceAsync(row, RowColumns.ToETag(sheet.ETag), cancellationToken);
        return version is { } stored ? sheet with { ETag = stored.ToString() } : null;
    }

    public Task<bool> DeleteAsync(ProjectId projectId, string id, CancellationToken cancellationToken) =>
        _table.DeleteAsync(projectId.Value, ImportKeys.SheetPrefix + id, ETag.All, cancellationToken);

    public async IAsyncEnumerable<SheetPlace> ReadDueAsync(
        DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var range = new KeyRange(ImportKeys.DuePartition, "", KeyTime.Ascending(now.AddTicks(1)));
        await foreach (var key in _table.ReadKeysAsync(range, cancellationToken))
        {
            if (KeyTime.FindAscending(key) is { } due && key.Split(':') is [_, var project, var sheet]
                && Ids.ProjectId.IsValid(project) && ImportIds.IsSheet(sheet))
                yield return new SheetPlace(due, new ProjectId(project), sheet);
        }
    }

    public Task RemovePlaceAsync(SheetPlace place, CancellationToken cancellationToken) => _table.DeleteAsync(
        ImportKeys.DuePartition, ImportKeys.Due(place.DueAt, place.ProjectId, place.SheetId), ETag.All, cancellationToken);
}

/// <summary>The <c>Imports</c> table: imports with their files, and the sheets that are polled.</summary>
public interface IImportStore
{
    Task<ImportRun?> FindAsync(ProjectId projectId, string id, CancellationToken cancellationToken);

    /// <summary>A project's imports, the newest first.</summary>
    /// <exception cref="InvalidCursorException">The cursor is not of this list.</exception>
    Task<Slice<ImportRun>> ListAsync(ProjectId projectId, int maxItems, string? cursor, CancellationToken cancellationToken);

    /// <summary>The import that a caller's key stands for: the first one it was given for.</summary>
    /// <param name="id">The import to note when the key is new.</param>
    Task<string> ClaimAsync(ProjectId projectId, string key, string id, CancellationToken cancellationToken);

    /// <summary>Keeps a file; what was kept of it before is written over.</summary>
    /// <param name="file">Compressed already, or not worth it.</param>
    /// <returns>How many rows it took.</returns>
    Task<int> PutFileAsync(ProjectId projectId, string id, Stream file, CancellationToken cancellationToken);

    /// <summary>Writes a kept file to a stream.</summary>
    /// <exception cref="InvalidDataException">A part of it is missing.</exception>
    Task ReadFileAsync(ImportRun run, Stream into, CancellationToken cancellationToken);

    /// <summary>Removes a file. May be called again after a crash.</summary>
    Task RemoveFileAsync(ProjectId projectId, string id, CancellationToken cancellationToken);

    /// <summary>Stores a new one; an open one is also noted among those with work to do, before it is stored.</summary>
    /// <returns>As it is stored; null when there is one of its id.</returns>
    Task<ImportRun?> AddAsync(ImportRun run, CancellationToken cancellationToken);

    /// <summary>Stores one over the version that was read.</summary>
    /// <returns>As it is stored; null when somebody wrote it meanwhile.</returns>
    Task<ImportRun?> SaveAsync(ImportRun run, CancellationToken cancellationToken);

    /// <summary>Those of all projects that have work to do, with some that have not any more.</summary>
    IAsyncEnumerable<(ProjectId ProjectId, string Id)> ReadOpenAsync(CancellationToken cancellationToken);

    /// <summary>Takes one out of those that have work to do.</summary>
    Task CloseAsync(ProjectId projectId, string id, CancellationToken cancellationToken);

    /// <summary>Whether a project has anything here, files and keys included. Reads one row.</summary>
    Task<bool> HasAnyAsync(ProjectId projectId, CancellationToken cancellationToken);

    /// <summary>Removes files that were kept for imports that nobody ever stored.</summary>
    /// <param name="before">Only those of ids that were drawn before.</param>
    Task RemoveStraysAsync(ProjectId projectId, DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>Removes a thousand rows of a project. May be called again after a crash.</summary>
    /// <returns>Whether nothing is left.</returns>
    Task<bool> PurgeAsync(ProjectId projectId, CancellationToken cancellationToken);
}

/// <summary>The sheets that are polled, in the <c>Imports</c> table.</summary>
public interface IPolledSheetStore
{
    /// <summary>All of a project.</summary>
    Task<RowsRead<PolledSheet>> ListAsync(ProjectId projectId, CancellationToken cancellationToken);

    Task<PolledSheet?> FindAsync(ProjectId projectId, string id, CancellationToken cancellationToken);

    /// <summary>Stores a new one, or one over the version that was read; its place in the schedule is written first.</summary>
    /// <returns>As it is stored; null when somebody wrote or deleted it meanwhile.</returns>
    Task<PolledSheet?> SaveAsync(PolledSheet sheet, CancellationToken cancellationToken);

    /// <summary>Ends the polling; what was imported stays.</summary>
    Task<bool> DeleteAsync(ProjectId projectId, string id, CancellationToken cancellationToken);

    /// <summary>The places in the schedule up to a time, the oldest first.</summary>
    IAsyncEnumerable<SheetPlace> ReadDueAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Takes a place out of the schedule; gone already is no error.</summary>
    Task RemovePlaceAsync(SheetPlace place, CancellationToken cancellationToken);
}

/// <summary>A place in the schedule of polled sheets.</summary>
public sealed record SheetPlace(DateTimeOffset DueAt, ProjectId ProjectId, string SheetId);
