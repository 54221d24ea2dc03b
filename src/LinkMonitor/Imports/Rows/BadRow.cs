using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Imports.Rows;

/// <summary>A row that is no link, and why.</summary>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Sheet">The sheet of the workbook; null for a file of text.</param>
internal sealed record BadRow(int Line, string Why, string? Sheet = null)
{
    public override string ToString() => Sheet is null
        ? string.Create(CultureInfo.InvariantCulture, $"Line {Line}: {Why}")
        : string.Create(CultureInfo.InvariantCulture, $"Sheet '{Sheet}', row {Line}: {Why}");
}

/// <summary>A row of a list without targets whose page is on the target's own site.</summary>
/// <param name="Line">Where it begins, from 1.</param>
internal sealed record OwnPageRow(int Line);

/// <summary>A row as cells, before anybody says which is what.</summary>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Wrong">Why its cells cannot be told apart for certain; null when they can.</param>
internal sealed record CellRow(int Line, IReadOnlyList<string> Cells, string? Wrong = null)
{
    /// <summary>It is the last line of a text and nothing ends it: the file may be cut there.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Empty when the row ends before it.</summary>
    public string At(int column) => column < Cells.Count ? Cells[column] : string.Empty;
}

/// <summary>What a row must look like, so that no cell has moved.</summary>
/// <param name="Width">Columns that have a name.</param>
/// <param name="Addresses">Columns that hold addresses.</param>
internal sealed record RowShape(int Width, IReadOnlyList<int> Addresses)
{
    /// <summary>Of rows whose columns nobody knows yet.</summary>
    public static RowShape Any { get; } = new(int.MaxValue, []);

    public bool HasWidth => Width != int.MaxValue;

    /// <summary>Columns that say whether a link is lost: a row without one of them is cut, since nothing else would tell.</summary>
    public IReadOnlyList<(int At, string Name)> Losses { get; init; } = [];
}

/// <summary>One line of CSV taken apart, to find out which separator makes a header of it.</summary>
internal static class CsvLine
{
    public static readonly char[] Separators = [',', ';', '\t', '|'];

    public static List<string> Split(string line, char separator)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var isQuoted = false;
        foreach (var character in line)
        {
            if (character == '"')
                isQuoted = !isQuoted;
            else if (character == separator && !isQuoted)
                Take(cells, cell);
            else
                cell.Append(character);
        }

        Take(cells, cell);
        return cells;
    }

    private static void Take(List<string> cells, StringBuilder cell)
    {
        cells.Add(CellText.Of(cell.ToString()));
        cell.Clear();
    }
}

/// <summary>The text of a cell.</summary>
internal static class CellText
{
    /// <summary>The text as it is. NUL is no text; some tools write it.</summary>
    public static string Of(string text) => text.Replace("\0", string.Empty, StringComparison.Ordinal).Trim();

    /// <summary>A cell of a sheet that was saved with its formulas: what a formula shows, or the address behind that.</summary>
    /// <param name="isAddress">The address is wanted: in columns of addresses, and while nobody knows which these are.</param>
    public static string Of(string text, bool isAddress)
    {
        var plain = Of(text);
        return plain.StartsWith('=') && CellFormula.Read(plain[1..]) is { } formula
            ? isAddress && formula.Address is { } address ? address : formula.Shown ?? plain
            : plain;
    }
}

/// <summary>Sixteen bytes in the place of an address of any length; no two addresses share them.</summary>
internal static class TextKey
{
    public static UInt128 OfPage(WebUrl page) => Of(UrlKeys.PageIdentity(page).Href);

    public static UInt128 OfLink(WebUrl page, WebUrl target) => Of($"{UrlKeys.PageIdentity(page).Href}\n{target.Href}");

    public static UInt128 Of(string text) => BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <summary>
/// Tells whether a text is cut in the last cell of its last row, which has all of its cells and no line end. Most such files are whole.
/// </summary>
internal sealed class EndOfText(LinkColumns columns)
{
    // Enough for the targets of a project; of more, some are not compared with.
    private const int Most = 10_000;

    private readonly int _last = columns.Header.Count - 1;
    private readonly HashSet<string> _addresses = new(StringComparer.Ordinal);
    private bool _isFilled = true;
    private int _rows;

    /// <summary>Why a row seems to be cut; null when it does not.</summary>
    public string? WhyNot(CellRow row)
    {
        var (role, cell) = (columns.Roles[_last], row.At(_last));
        if (row.IsOpen && role == ColumnRole.Lost && cell.Length == 0 && _isFilled && _rows > 0)
            return $"The file ends in this row, before what the column '{columns.Header[_last]}' says in all others. It is cut: load it "
                + "again.";
        if (row.IsOpen && role is ColumnRole.Page or ColumnRole.Target && !_addresses.Contains(cell)
            && _addresses.FirstOrDefault(other => IsCut(cell, other, role)) is { } whole)
            return $"The file ends in this row, and '{GivenUrl.Shown(cell)}' is the beginning of '{GivenUrl.Shown(whole)}' above: it seems "
                + "to be cut. Load it again; or end the line, if it is whole.";
        _rows++;
        _isFilled &= cell.Length > 0;
        if (role is ColumnRole.Page or ColumnRole.Target && _addresses.Count < Most)
            _addresses.Add(cell);
        return null;
    }

    // A home page is the beginning of all pages, and "post-1" of "post-12".
    private static bool IsCut(string cell, string other, ColumnRole role)
    {
        if (cell.Length < "https://a".Length || other.Length <= cell.Length || !other.StartsWith(cell, StringComparison.Ordinal)
            || !char.IsLetter(other[cell.Length]) || cell[^1] is '/' or '?' or '=' or '#')
            return false;
        return role == ColumnRole.Target || cell.IndexOf('/', cell.IndexOf("://", StringComparison.Ordinal) + 3) < 0;
    }
}

/// <summary>Addresses as other programs show them, which no page has.</summary>
internal static class AddressText
{
    /// <summary>Why the address in a cell cannot be meant as it stands there; null when it can.</summary>
    public static string? Wrong(string what, string cell) =>
        cell.EndsWith('…') || cell.EndsWith("...", StringComparison.Ordinal) || cell.Contains("/…/", StringComparison.Ordinal)
            || cell.Contains("/.../", StringComparison.Ordinal)
            ? $"The {what} '{GivenUrl.Shown(cell)}' was cut where it was shown: give the whole address."
        : cell.Contains("&amp;", StringComparison.OrdinalIgnoreCase)
            ? $"The {what} '{GivenUrl.Shown(cell)}' has '&amp;', as the source of a page has it. Write '&'."
        : null;
}
