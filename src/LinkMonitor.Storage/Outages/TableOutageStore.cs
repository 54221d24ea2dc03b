using LinkMonitor.Engine.Clocks;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Storage.Outages;

/// <inheritdoc cref="IOutageStore"/>
internal sealed class TableOutageStore(RowTables tables) : IOutageStore
{
    private readonly RowTable _table = tables.Open(TableNames.Failures);

    public async Task<Outage> NoteAsync(OutageNote note, TimeSpan quietAfter, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Contention.MaxAttempts; attempt++)
        {
            var stored = await FindAsync(cancellationToken);
            var outage = Add(stored?.Outage, note, quietAfter);
            var row = OutageRow.Write(outage);
            var version = stored is null
                ? await _table.AddAsync(row, cancellationToken)
                : await _table.ReplaceAsync(row, RowColumns.ToETag(stored.Version), cancellationToken);
            if (version is not null)
                return outage;
        }

        throw new ContentionException("The outage is written by too many at once.");
    }

    public async Task<Outage?> GetLatestAsync(CancellationToken cancellationToken) =>
        (await FindAsync(cancellationToken))?.Outage;

    private Task<StoredOutage?> FindAsync(CancellationToken cancellationToken) => _table.FindAsync(
        OutageRow.Partition, OutageRow.Latest, row => new StoredOutage(OutageRow.Read(row), row.Version()), cancellationToken);

    private static Outage Add(Outage? latest, OutageNote note, TimeSpan quietAfter) =>
        latest is null || StoredTime.IsFromFuture(latest.LastAt, note.At) || note.At - latest.LastAt > quietAfter
            ? new Outage { Id = OutageRow.IdOf(note.At), Kind = note.Kind, Since = note.At, LastAt = note.At, Checks = note.Checks }
            : latest with { LastAt = note.At > latest.LastAt ? note.At : latest.LastAt, Checks = latest.Checks + note.Checks };

    private sealed record StoredOutage(Outage Outage, string Version);
}
