using Azure;
using Azure.Data.Tables;
using LinkMonitor.Storage.Paging;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Failures;

/// <summary>Something that is set aside, as it is listed.</summary>
public sealed record SetAsideEntry
{
    public required SetAsideNote Note { get; init; }

    /// <summary>When it was met first.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it was met last; noted once an hour.</summary>
    public required DateTimeOffset LastAt { get; init; }

    /// <summary>26 base-32 characters, from its name.</summary>
    public string Id => SetAsideKeys.Id(Note.Name);
}

/// <summary>What is set aside, in the <c>Failures</c> table: one row for each thing, however often it is met.</summary>
public interface ISetAsideStore
{
    /// <summary>Lists it, or says that it was met again; when it was met first stays.</summary>
    Task PutAsync(SetAsideNote note, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Gone already is no error.</summary>
    Task RemoveAsync(SetAsideName name, CancellationToken cancellationToken);

    /// <summary>In no order that means anything.</summary>
    Task<Slice<SetAsideEntry>> ListAsync(int maxItems, string? cursor, CancellationToken cancellationToken);

    /// <summary>
    /// Whether an entry speaks of a row that is gone, was written since, or has a layout that this program knows by now. Should it still be
    /// damaged, the next read lists it anew. Never so for what is no row.
    /// </summary>
    Task<bool> IsOutdatedAsync(SetAsideEntry entry, CancellationToken cancellationToken);
}

/// <summary>The keys of what is set aside, in the <c>Failures</c> table; see docs/tables/failures.md.</summary>
internal static class SetAsideKeys
{
    public const string Partition = "set-aside";

    private const string Prefix = "aside:";

    public static string Id(SetAsideName name) => ShortHash.Of($"{name.Area}\n{name.Partition}\n{name.Key}");

    public static string Entry(SetAsideName name) => Prefix + Id(name);

    public static KeyRange All => KeyRange.StartingWith(Partition, Prefix);
}

/// <summary>Something that is set aside, as a row.</summary>
internal static class SetAsideRow
{
    private const string Area = "area";
    private const string PartitionColumn = "partition";
    private const string Key = "key";
    private const string Problem = "problem";
    private const string Advice = "advice";
    private const string About = "about";
    private const string RowVersion = "rowVersion";
    private const string Since = "since";
    private const string LastAt = "lastAt";

    public static TableEntity Write(SetAsideEntry entry)
    {
        var note = entry.Note;
        var row = RowSchema.New(SetAsideKeys.Partition, SetAsideKeys.Entry(note.Name));
        row[Area] = note.Name.Area;
        row[PartitionColumn] = note.Name.Partition;
        row[Key] = note.Name.Key;
        row[Problem] = StoredText.Cut(note.Problem, StoredText.MaxLength);
        row[Advice] = StoredText.Cut(note.Advice, StoredText.MaxLength);
        row[About] = note.About;
        row[RowVersion] = note.Version;
        row[Since] = entry.Since;
        row[LastAt] = entry.LastAt;
        return row;
    }

    /// <exception cref="FormatException">The row is damaged.</exception>
    public static SetAsideEntry Read(TableEntity row) => new()
    {
        Note = new SetAsideNote
        {
            Name = new SetAsideName(row.Text(Area), row.Text(PartitionColumn), row.Text(Key)),
            Problem = row.Text(Problem),
            Advice = row.Text(Advice),
            About = row.GetString(About),
            Version = row.GetString(RowVersion),
        },
        Since = row.Time(Since),
        LastAt = row.Time(LastAt),
    };
}

/// <inheritdoc cref="ISetAsideStore"/>
internal sealed class TableSetAsideStore(ITableService tables) : ISetAsideStore
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
        var entries =
            new SliceReader<SetAsideEntry> { Table = _table, List = ListNames.SetAside, Range = SetAsideKeys.All, Map = SetAsideRow.Read };
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
