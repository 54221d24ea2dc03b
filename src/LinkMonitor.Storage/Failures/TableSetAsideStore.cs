using Azure;
using LinkMonitor.Storage.Paging;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Failures;

/// <inheritdoc cref="ISetAsideStore"/>
internal sealed class TableSetAsideStore(ITables tables) : ISetAsideStore
{
    // What is set aside here is not listed, as this is the list: it is written anew when the thing it speaks of is met again.
    private readonly RowTable _table = new(TableNames.Failures, tables.Open(TableNames.Failures), Unlisted.Instance);

    public async Task PutAsync(SetAsideNote note, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var key = SetAsideKeys.Entry(note.Name);
        var known = await _table.TryFindAsync(SetAsideKeys.Partition, key, SetAsideRow.Read, cancellationToken);
        var entry = new SetAsideEntry { Note = note, Since = known?.Item?.Since ?? now, LastAt = now };
        await _table.PutAsync(SetAsideRow.Write(entry), cancellationToken);
    }

    public Task RemoveAsync(SetAsideName name, CancellationToken cancellationToken) =>
        _table.DeleteAsync(SetAsideKeys.Partition, SetAsideKeys.Entry(name), ETag.All, cancellationToken);

    public Task<Slice<SetAsideEntry>> ListAsync(int maxItems, string? cursor, CancellationToken cancellationToken)
    {
        var entries = new SliceReader<SetAsideEntry> { Table = _table, List = ListNames.SetAside, Range = SetAsideKeys.All, Map = SetAsideRow.Read };
        return entries.ReadAsync(maxItems, cursor, cancellationToken);
    }

    public async Task<bool> IsOutdatedAsync(SetAsideEntry entry, CancellationToken cancellationToken)
    {
        var name = entry.Note.Name;
        if (!TableNames.All.Contains(name.Area) || entry.Note.Version is not { } version)
            return false;
        return await tables.Open(name.Area).GetAsync(name.Partition, name.Key, cancellationToken) is not { } row
            || row.Version() != version
            || (entry.Note.Advice == RowMapping.Update && !RowSchema.IsNewer(row));
    }

    private sealed class Unlisted : ISetAside
    {
        public static Unlisted Instance { get; } = new();

        public ValueTask NoteAsync(SetAsideNote note, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask ClearAsync(SetAsideName name, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
