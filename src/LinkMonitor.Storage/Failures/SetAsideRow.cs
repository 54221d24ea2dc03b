using Azure.Data.Tables;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Failures;

/// <summary>Something that is set aside, as a row.</summary>
internal static class SetAsideRow
{
    private const string Area = "area";
    private const string PartitionColumn = "partition";
    private const string Key = "key";
    private const string Problem = "problem";
    private const string Advice = "advice";
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
            Version = row.GetString(RowVersion),
        },
        Since = row.Time(Since),
        LastAt = row.Time(LastAt),
    };
}
