using System.Text;

namespace LinkMonitor.CommandLine.Rows;

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
        cells.Add(cell.ToString().Replace("\0", string.Empty, StringComparison.Ordinal).Trim());
        cell.Clear();
    }
}
