using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Paging;

/// <summary>One list: its rows, what makes an item of a row, and which items are wanted.</summary>
internal sealed record SliceReader<T>
{
    /// <summary>The most items of one slice; also the most rows that the service sends at once.</summary>
    public const int MaxItems = RowQuery.MaxPerPage;

    /// <summary>
    /// Rows read for one slice at most: a filter that the service cannot apply may match next to nothing, and the caller should not wait
    /// for a whole project. The slice then ends early, with a cursor.
    /// </summary>
    public const int MaxRows = 5_000;

    public required RowTable Table { get; init; }

    /// <summary>Names the list in its cursors.</summary>
    public required string List { get; init; }

    public required KeyRange Range { get; init; }

    /// <summary>What the service leaves out.</summary>
    public IReadOnlyList<ColumnCondition> Conditions { get; init; } = [];

    public required Func<TableEntity, T> Map { get; init; }

    /// <summary>What we leave out ourselves.</summary>
    public Func<T, bool> Wanted { get; init; } = static _ => true;

    /// <summary>The next items, each once; left out are only rows that cannot be read, which are noted.</summary>
    /// <exception cref="InvalidCursorException">The cursor is not of this list.</exception>
    public async Task<Slice<T>> ReadAsync(int maxItems, string? cursor, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxItems, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxItems, MaxItems);
        var last = Cursor.Read(List, Range, cursor);

        // One row more than asked for tells whether anything follows.
        var query = new RowQuery(Range) { After = last, Conditions = Conditions, PerPage = Math.Min(maxItems + 1, MaxItems) };
        var items = new List<T>();
        var (read, setAside) = (0, 0);
        await foreach (var row in Table.ReadAsync(query, Map, cancellationToken))
        {
            if (items.Count == maxItems || read == MaxRows)
                return new Slice<T>(items, Cursor.Write(List, last!)) { SetAside = setAside };

            if (!row.IsRead)
                setAside++;
            else if (Wanted(row.Item!))
                items.Add(row.Item!);
            last = row.Key;
            read++;
        }

        return new Slice<T>(items, null) { SetAside = setAside };
    }
}

/// <summary>
/// Where a list continues: the last row key that was read, with a check value over it and the list's name. Not a secret, and a forged
/// one leads nowhere but into the same list; the check tells people that they mixed up cursors.
/// </summary>
internal static class Cursor
{
    private const int CheckLength = 8;

    // A row key is at most 512 ASCII characters.
    private const int MaxLength = 800;

    /// <summary>Text of letters, digits, <c>-</c> and <c>_</c>.</summary>
    public static string Write(string list, string rowKey) =>
        Base64Url.EncodeToString([.. Check(list, rowKey), .. Encoding.UTF8.GetBytes(rowKey)]);

    /// <summary>The row key after which the list goes on; null for a list's beginning.</summary>
    /// <param name="list">The list's name, its project included.</param>
    /// <param name="range">The rows of the list.</param>
    /// <exception cref="InvalidCursorException">Cut, altered, or of another list.</exception>
    public static string? Read(string list, KeyRange range, string? cursor)
    {
        if (cursor is null)
            return null;
        return RowKeyOf(list, cursor) is { } rowKey && range.Contains(rowKey) ? rowKey : throw new InvalidCursorException();
    }

    /// <summary>The row key in a cursor; null when it is cut, altered, or of another list.</summary>
    public static string? RowKeyOf(string list, string cursor)
    {
        if (cursor.Length > MaxLength || !Base64Url.IsValid(cursor))
            return null;
        var bytes = Base64Url.DecodeFromChars(cursor);
        if (bytes.Length <= CheckLength)
            return null;
        var rowKey = Encoding.UTF8.GetString(bytes.AsSpan(CheckLength));
        var isOurs = bytes.AsSpan(0, CheckLength).SequenceEqual(Check(list, rowKey));
        return isOurs && RowKeyText.IsPossible(rowKey) ? rowKey : null;
    }

    private static byte[] Check(string list, string rowKey) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(list + "\n" + rowKey))[..CheckLength];
}

/// <summary>A cursor that no list of this kind has handed out: cut, altered, or of another list.</summary>
public sealed class InvalidCursorException : Exception
{
    public InvalidCursorException() : base("The cursor is not one that this list gave out.")
    {
    }

    public InvalidCursorException(string message) : base(message)
    {
    }

    public InvalidCursorException(string message, Exception innerException) : base(message, innerException)
    {
    }
}

/// <summary>Part of a list that is too long to be read at once.</summary>
/// <param name="Items">At most as many as asked for; may be empty although more follow.</param>
/// <param name="Cursor">Opaque text that continues the list; null at its end.</param>
public sealed record Slice<T>(IReadOnlyList<T> Items, string? Cursor)
{
    /// <summary>
    /// How many rows of this part are there and cannot be read. They are noted; whether they would be wanted nobody can tell.
    /// </summary>
    public int SetAside { get; init; }
}

/// <summary>
/// The lists that come in slices, as their cursors know them: the name, then what the list belongs to (project, link, queue), each after a
/// space.
/// </summary>
public static class ListNames
{
    public const string Projects = "projects";
    public const string Links = "links";
    public const string Human = "human";
    public const string Changes = "changes";
    public const string History = "history";
    public const string Cases = "cases";
    public const string Alerts = "alerts";
    public const string Failures = "failures";
    public const string SetAside = "set aside";
    public const string Imports = "imports";
    public const string Reports = "reports";
    public const string Audit = "audit";
    public const string InstallationAudit = "audit of the installation";

    /// <summary>Whether a list gave out a cursor, as far as the cursor itself can tell; rows may have come and gone since.</summary>
    /// <param name="list">The name with what the list belongs to, for example <c>links prj_2k6v5q3mzt7ahw4c</c>.</param>
    public static bool Gave(string list, string cursor) => Cursor.RowKeyOf(list, cursor) is not null;
}
