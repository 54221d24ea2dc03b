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
    /// <summary>Empty when the row ends before it.</summary>
    public string At(int column) => column < Cells.Count ? Cells[column] : string.Empty;
}

/// <summary>What a row must look like, so that no cell has moved.</summary>
/// <param name="Width">Columns that have a name.</param>
/// <param name="Addresses">Columns that hold addresses.</param>
internal sealed record RowShape(int Width, IReadOnlyList<int> Addresses);

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
    /// <summary>NUL is no text; some tools write it.</summary>
    public static string Of(string text)
    {
        var plain = text.Replace("\0", string.Empty, StringComparison.Ordinal).Trim();

        // A sheet that was saved as CSV with its formulas.
        return plain.StartsWith('=') && WorkbookLinks.AddressOf(plain[1..]) is { } address ? address : plain;
    }
}

/// <summary>Sixteen bytes in the place of an address of any length; no two addresses share them.</summary>
internal static class TextKey
{
    public static UInt128 OfPage(WebUrl page) => Of(UrlKeys.PageIdentity(page).Href);

    public static UInt128 OfLink(WebUrl page, WebUrl target) => Of($"{UrlKeys.PageIdentity(page).Href}\n{target.Href}");

    public static UInt128 Of(string text) => BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
