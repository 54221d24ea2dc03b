using Azure;
using Azure.Data.Tables;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Paging;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Storage.ClientReports;

/// <inheritdoc cref="IClientReportStore"/>
internal sealed class TableClientReportStore(StoreTables tables) : IClientReportStore
{
    private readonly RowTable _table = tables.Open(TableNames.Reports);

    public Task BeginAsync(ProjectId projectId, string piecesId, CancellationToken cancellationToken) =>
        _table.PutAsync(RowSchema.NewMarked(projectId.Value, ReportKeys.Begun(piecesId)), cancellationToken);

    public Task PutPieceAsync(
        ProjectId projectId, string piecesId, string list, int number, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var row = RowSchema.New(projectId.Value, ReportKeys.Piece(piecesId, list, number));
        ReportParts.Write(row, bytes);
        return _table.PutAsync(row, cancellationToken);
    }

    public async Task<byte[]?> ReadPieceAsync(ClientReport report, string list, int number, CancellationToken cancellationToken)
    {
        var project = report.ProjectId.Value;
        if (await _table.FindAsync(
            project, ReportKeys.Piece(report.PiecesId, list, number), ReportParts.Read, cancellationToken) is { } piece)
            return piece;

        // A deletion takes the report away before its pieces: while it is there, all of them must be.
        return await _table.IsThereAsync(project, ReportKeys.Report(report.Number), cancellationToken)
            ? throw new InvalidDataException($"Piece {number} of the {list} of report {report.Number} of {report.ProjectId} is missing.")
            : null;
    }

    public async Task<ClientReport?> AddAsync(ClientReport report, ReportClaim? claim, CancellationToken cancellationToken)
    {
        var isClaimed = false;
        ClientReport? added = null;
        await Contention.RunAsync($"The number of reports of {report.ProjectId}", TryAsync, cancellationToken);
        return added;

        async Task<bool> TryAsync()
        {
            if (claim is not null && await FindClaimAsync(report.ProjectId, claim.Key, cancellationToken) is not null)
                isClaimed = true;
            if (isClaimed)
                return true;
            var counter = await _table.FindAsync(report.ProjectId.Value, ReportKeys.Counter, ReadCounter, cancellationToken);
            var numbered = report with { Number = (counter?.Last ?? 0) + 1 };
            if (!await _table.SubmitAsync([.. Actions(numbered, counter, claim)], cancellationToken))
                return false;
            added = await FindAsync(report.ProjectId, numbered.Number, cancellationToken) ?? numbered;
            return true;
        }
    }

    public async Task<ClaimedReport?> FindClaimAsync(ProjectId projectId, string key, CancellationToken cancellationToken) =>
        await _table.FindAsync(
            projectId.Value, ReportKeys.Key(key),
            row => new ClaimedReport(ClientReportRow.Whole(row, ClientReportRow.Number), row.Text(ClientReportRow.Mark)),
            cancellationToken);

    public async Task<ClientReport?> FindAsync(ProjectId projectId, int number, CancellationToken cancellationToken) =>
        number > 0
            ? await _table.FindAsync(projectId.Value, ReportKeys.Report(number), ClientReportRow.Read, cancellationToken)
            : null;

    public async Task<ClientReport?> FindLastAsync(ProjectId projectId, string line, CancellationToken cancellationToken)
    {
        var ofLine = new RowQuery(Reports(projectId))
        {
            Conditions = [new ColumnCondition(ClientReportRow.LineKey, ShortHash.Of(line))],
        };
        await foreach (var row in _table.ReadAsync(ofLine, ClientReportRow.Read, cancellationToken))
            if (row.Item is { } report && report.Line == line)
                return report;
        return null;
    }

    public Task<Slice<ClientReport>> ListAsync(
        ProjectId projectId, int maxItems, string? cursor, CancellationToken cancellationToken)
    {
        var reports = new SliceReader<ClientReport>
        {
            Table = _table,
            List = $"{ListNames.Reports} {projectId}",
            Range = Reports(projectId),
            Map = ClientReportRow.Read,
        };
        return reports.ReadAsync(maxItems, cursor, cancellationToken);
    }

    // The addresses first, so that none of them outlives its report. A crash after the report is gone leaves pieces that are known as such.
    public async Task<bool> DeleteAsync(ClientReport report, CancellationToken cancellationToken)
    {
        var project = report.ProjectId.Value;
        await RemoveAsync(KeyRange.StartingWith(project, ReportKeys.Shares(report.Number)), cancellationToken);
        TableTransactionAction[] actions =
        [
            Transactions.Put(RowSchema.NewMarked(project, ReportKeys.Begun(report.PiecesId))),
            Transactions.Delete(project, ReportKeys.Report(report.Number), RowColumns.ToETag(report.ETag)),
        ];
        if (!await _table.SubmitAsync(actions, cancellationToken))
            return false;
        await RemovePiecesAsync(project, report.PiecesId, cancellationToken);
        return true;
    }

    public async Task<KeptBrand> FindBrandAsync(ProjectId projectId, CancellationToken cancellationToken) =>
        await _table.FindAsync(projectId.Value, ReportKeys.Brand, BrandRow.ReadKept, cancellationToken) ?? KeptBrand.None;

    public Task PutBrandAsync(ProjectId projectId, KeptBrand brand, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(brand.Logo.Length, KeptBrand.MaxLogo);
        var row = RowSchema.New(projectId.Value, ReportKeys.Brand);
        BrandRow.Write(row, brand.Brand);
        if (brand.Brand.LogoType is not null)
            ReportParts.Write(row, brand.Logo);
        return _table.PutAsync(row, cancellationToken);
    }

    public Task<bool> PurgeAsync(ProjectId projectId, CancellationToken cancellationToken) =>
        _table.DeleteStepAsync(KeyRange.Whole(projectId.Value), cancellationToken);

    public async Task RemoveStraysAsync(ProjectId projectId, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var begun = KeyRange.StartingWith(projectId.Value, ReportKeys.BegunPrefix);
        await foreach (var key in _table.ReadKeysAsync(begun, cancellationToken))
        {
            var id = key[ReportKeys.BegunPrefix.Length..];
            if (ReportIds.BegunAt(id) < before)
                await RemovePiecesAsync(projectId.Value, id, cancellationToken);
        }
    }

    // The row that all of them fight for comes first: it says whose write it was when an answer is lost.
    private static IEnumerable<TableTransactionAction> Actions(ClientReport report, NumberCounter? counter, ReportClaim? claim)
    {
        var project = report.ProjectId.Value;
        var number = RowSchema.NewMarked(project, ReportKeys.Counter);
        number[ClientReportRow.Number] = report.Number;
        yield return counter is null ? Transactions.Add(number) : Transactions.Replace(number, counter.ETag);
        yield return Transactions.Add(ClientReportRow.Write(report));
        yield return Transactions.Delete(project, ReportKeys.Begun(report.PiecesId), ETag.All);
        if (claim is null)
            yield break;
        var key = RowSchema.NewMarked(project, ReportKeys.Key(claim.Key));
        key[ClientReportRow.Number] = report.Number;
        key[ClientReportRow.Mark] = claim.Mark;
        yield return Transactions.Add(key);
    }

    private static NumberCounter ReadCounter(TableEntity row) => new(ClientReportRow.Whole(row, ClientReportRow.Number), row.ETag);

    private static KeyRange Reports(ProjectId projectId) => KeyRange.StartingWith(projectId.Value, ReportKeys.ReportPrefix);

    private async Task RemoveAsync(KeyRange range, CancellationToken cancellationToken)
    {
        while (!await _table.DeleteStepAsync(range, cancellationToken))
            cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task RemovePiecesAsync(string project, string piecesId, CancellationToken cancellationToken)
    {
        await RemoveAsync(KeyRange.StartingWith(project, ReportKeys.Pieces(piecesId)), cancellationToken);
        await _table.DeleteAsync(project, ReportKeys.Begun(piecesId), ETag.All, cancellationToken);
    }

    private sealed record NumberCounter(int Last, ETag ETag);
}

/// <inheritdoc cref="IReportShareStore"/>
internal sealed class TableReportShareStore(StoreTables tables) : IReportShareStore
{
    private readonly RowTable _table = tables.Open(TableNames.Reports);

    public async Task<RowsRead<ReportShare>> ListAsync(ProjectId projectId, int number, CancellationToken cancellationToken)
    {
        var all = await _table.ReadAllAsync(
            KeyRange.StartingWith(projectId.Value, ReportKeys.Shares(number)), ShareRow.Read, cancellationToken);
        return all with { Items = [.. all.Items.OrderBy(share => share.CreatedAt).ThenBy(share => share.Id, StringComparer.Ordinal)] };
    }

    public async Task<ReportShare?> FindAsync(ProjectId projectId, int number, string id, CancellationToken cancellationToken) =>
        number > 0 && ReportIds.IsShare(id)
            ? await _table.FindAsync(projectId.Value, ReportKeys.Share(number, id), ShareRow.Read, cancellationToken)
            : null;

    public async Task<ReportShare> AddAsync(ReportShare share, CancellationToken cancellationToken) =>
        await _table.AddAsync(ShareRow.Write(share), cancellationToken) is { } version
            ? share with { ETag = version.ToString() }
            : throw new InvalidOperationException($"There is an address '{share.Id}' already, though its id was drawn.");

    public async Task<ReportShare?> SaveAsync(ReportShare share, CancellationToken cancellationToken) =>
        await _table.ReplaceAsync(ShareRow.Write(share), RowColumns.ToETag(share.ETag), cancellationToken) is { } version
            ? share with { ETag = version.ToString() }
            : null;
}
