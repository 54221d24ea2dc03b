using System.Text.Json;
using Azure.Data.Tables;

namespace LinkMonitor.Storage.Rows;

/// <summary>Makes a record of a row, or says what is wrong with the row.</summary>
internal static class RowMapping
{
    public const string Update = "Update the program: a later version of it wrote this row.";
    private const string Repair = "Repair or delete the row.";

    /// <param name="table">The table's name.</param>
    /// <param name="read">A pure function of the row: whatever it throws is the row's fault.</param>
    /// <param name="problem">Null when the row could be read.</param>
    public static T? Try<T>(string table, TableEntity row, Func<TableEntity, T> read, out UnreadableRowException? problem) =>
        TryUnchecked(table, row, any => read(RowSchema.Check(any)), out problem);

    /// <inheritdoc cref="Try"/>
    /// <summary>The same for a reader that also takes rows of a later version.</summary>
    public static T? TryUnchecked<T>(string table, TableEntity row, Func<TableEntity, T> read, out UnreadableRowException? problem)
    {
        try
        {
            problem = null;
            return read(row);
        }
        catch (Exception e) when (IsOfTheRow(e))
        {
            problem = new UnreadableRowException(Describe(table, row, e), e);
            return default;
        }
    }

    // What readers of columns, JSON, names and numbers throw.
    private static bool IsOfTheRow(Exception e) => e is FormatException or JsonException or InvalidOperationException or InvalidCastException
        or ArgumentException or OverflowException or NotSupportedException or KeyNotFoundException or NullReferenceException
        or InvalidDataException;

    private static SetAsideNote Describe(string table, TableEntity row, Exception e) => new()
    {
        Name = new SetAsideName(table, row.PartitionKey, row.RowKey),
        Problem = StoredText.Cut(e.Message.ReplaceLineEndings(" "), StoredText.MaxLength)!,
        Advice = RowSchema.IsNewer(row) ? Update : Repair,
        Version = row.Version(),
    };
}
