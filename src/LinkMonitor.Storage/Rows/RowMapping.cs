using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure;
using Azure.Data.Tables;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Rows;

/// <summary>Makes a record of a row, or says what is wrong with the row.</summary>
internal static class RowMapping
{
    public const string Update = "Update the program: a later version of it wrote this row.";
    private const string Repair = "Repair or delete the row.";
    private const int MaxAbout = 500;

    // What people know a row by, in the order in which it is looked for: each kind of row that people know has one of them.
    private static readonly string[] Names = ["page", "name", "title", "subject", "url"];

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
    private static bool IsOfTheRow(Exception e) =>
        e is FormatException or JsonException or InvalidOperationException or InvalidCastException
        or ArgumentException or OverflowException or NotSupportedException or KeyNotFoundException or NullReferenceException
        or InvalidDataException;

    private static SetAsideNote Describe(string table, TableEntity row, Exception e) => new()
    {
        Name = new SetAsideName(table, row.PartitionKey, row.RowKey),
        About = Names.Select(column => row.TryGetValue(column, out var value) ? value as string : null)
            .FirstOrDefault(text => !string.IsNullOrWhiteSpace(text)) is { } known ? StoredText.Cut(known, MaxAbout) : null,
        Problem = StoredText.Cut(e.Message.ReplaceLineEndings(" "), StoredText.MaxLength)!,
        Advice = RowSchema.IsNewer(row) ? Update : Repair,
        Version = row.Version(),
    };
}

/// <summary>Columns that must be there, and columns of JSON.</summary>
internal static class RowColumns
{
    /// <exception cref="FormatException">The column is missing.</exception>
    public static string Text(this TableEntity row, string column) => row.GetString(column) ?? throw Missing(column);

    /// <exception cref="FormatException">The column is missing.</exception>
    public static DateTimeOffset Time(this TableEntity row, string column) =>
        row.GetDateTimeOffset(column) ?? throw Missing(column);

    /// <exception cref="FormatException">The column is missing.</exception>
    public static long Number(this TableEntity row, string column) => row.GetInt64(column) ?? throw Missing(column);

    /// <exception cref="FormatException">The column is missing.</exception>
    public static T Json<T>(this TableEntity row, string column, JsonTypeInfo<T> type) where T : class =>
        row.JsonOrNull(column, type) ?? throw Missing(column);

    public static T? JsonOrNull<T>(this TableEntity row, string column, JsonTypeInfo<T> type) where T : class =>
        row.GetString(column) is { } json ? Read(column, () => JsonSerializer.Deserialize(json, type)) : null;

    /// <summary>JSON that somebody else reads, as text; damaged where it is none.</summary>
    public static string JsonText(this TableEntity row, string column)
    {
        var text = row.Text(column);
        Read(column, () => JsonDocument.Parse(text))!.Dispose();
        return text;
    }

    /// <summary>The version of the row as text, for records that know nothing of tables.</summary>
    public static string Version(this TableEntity row) => row.ETag.ToString();

    /// <summary>The version that a record was read with.</summary>
    /// <exception cref="ArgumentException">The record was never stored.</exception>
    public static ETag ToETag(string? version) =>
        version is null
            ? throw new ArgumentException("Only what was read from storage can be written over.", nameof(version))
            : new ETag(version);

    // What the parser says names no column, and says nothing to people.
    private static T? Read<T>(string column, Func<T?> read)
    {
        try
        {
            return read();
        }
        catch (JsonException e)
        {
            throw new FormatException($"The column '{column}' is damaged: it holds no such JSON as it should ({e.Message})", e);
        }
    }

    private static FormatException Missing(string column) =>
        new($"The row has no column '{column}'.");
}

/// <summary>The columns that every row has.</summary>
internal static class RowSchema
{
    /// <summary>Column: the version of the row's layout.</summary>
    public const string Version = "v";

    /// <summary>Column: drawn anew for every write that depends on what was read; tells our own write from another's.</summary>
    public const string Write = OwnWrite.Marker;

    /// <summary>
    /// The layout that this program writes. Rows of later ones are refused: writing them back would drop what is not understood.
    /// </summary>
    public const int Current = 1;

    /// <summary>An empty row.</summary>
    public static TableEntity New(string partition, string rowKey) => new(partition, rowKey) { [Version] = Current };

    /// <summary>An empty row with a marker of its own.</summary>
    public static TableEntity NewMarked(string partition, string rowKey)
    {
        var row = New(partition, rowKey);
        row[Write] = OwnWrite.NewMarker();
        return row;
    }

    /// <summary>Whether a later version of the program wrote the row.</summary>
    public static bool IsNewer(TableEntity row) => row.TryGetValue(Version, out var version) && version is int layout && layout > Current;

    /// <exception cref="FormatException">The row was written by a later version of the program.</exception>
    public static TableEntity Check(TableEntity row) =>
        row.GetInt32(Version) is int version && version <= Current
            ? row
            : throw new FormatException(
                IsNewer(row)
                    ? $"Its layout is {row.GetInt32(Version)}; this version of the program knows {Current}."
                    : $"It has no column '{Version}' that says its layout.");
}

/// <summary>
/// A row that is needed is damaged, or was written by a later version of the program. Nothing was changed; the same call works again once
/// the row is repaired or the program is updated.
/// </summary>
public sealed class UnreadableRowException : Exception
{
    public UnreadableRowException() : base("A stored row cannot be read.")
    {
    }

    public UnreadableRowException(string message) : base(message)
    {
    }

    public UnreadableRowException(string message, Exception innerException) : base(message, innerException)
    {
    }

    public UnreadableRowException(SetAsideNote note, Exception? innerException)
        : base($"A stored row cannot be read ({note?.Name}). {note?.Problem} {note?.Advice}", innerException) => Note = note;

    /// <summary>Which row, and what is wrong with it.</summary>
    public SetAsideNote? Note { get; }
}

/// <summary>Something that was left out so that everything else could go on. It stays where it is and is tried again by itself.</summary>
public sealed record SetAsideNote
{
    public required SetAsideName Name { get; init; }

    /// <summary>What is wrong; holds no secret.</summary>
    public required string Problem { get; init; }

    /// <summary>What to do about it.</summary>
    public required string Advice { get; init; }

    /// <summary>
    /// What people know the row by, as far as it can still be told: the address of a link's page, or a name. At most 500 characters, as
    /// they are stored; null for none.
    /// </summary>
    public string? About { get; init; }

    /// <summary>The version of the row that could not be read; null for what is no row.</summary>
    public string? Version { get; init; }
}

/// <summary>
/// Hears of everything that is left out so that the rest can go on. Called for every damaged row at every read, so it must be cheap, must
/// come back soon, and must not throw for any other reason than a stop: the caller continues with the rest.
/// </summary>
public interface ISetAside
{
    /// <summary>Notes it where the operator sees it. Noting it again changes nothing.</summary>
    ValueTask NoteAsync(SetAsideNote note, CancellationToken cancellationToken);

    /// <summary>Says that it can be read, or was done. Costs nothing when nothing is noted under this name.</summary>
    ValueTask ClearAsync(SetAsideName name, CancellationToken cancellationToken);
}

/// <summary>The tables as stores use them.</summary>
internal sealed class StoreTables(ITableService tables, ISetAside aside)
{
    /// <param name="name">One of <see cref="TableNames"/>.</param>
    public RowTable Open(string name) => new(name, tables.Open(name), aside);
}

/// <summary>Names what was set aside: the same thing has the same name every time.</summary>
/// <param name="Area">The table that a row is in, or the function that leaves something out.</param>
/// <param name="Partition">The row's partition key; empty for what is no row.</param>
/// <param name="Key">The row's key, or the project.</param>
public readonly record struct SetAsideName(string Area, string Partition, string Key)
{
    public override string ToString() => Partition.Length == 0 ? $"{Area}: {Key}" : $"{Area}: {Partition} {Key}";
}
