using System.Globalization;
using CsvHelper;

namespace LinkMonitor.CommandLine.Files;

/// <summary>
/// Reads the CSV file of <c>check --file</c>: a header, then a link a line; comma, semicolon, tab or bar; UTF-8, or what its byte order
/// mark says.
/// </summary>
internal static class LinkFile
{
    private static readonly string[] Known = ["page", "target", "rel", "anchor", "match"];

    /// <summary>Reads all rows; every row that is wrong is named in <paramref name="errors"/> with its line.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static List<LinkRow> Read(Stream file, List<string> errors)
    {
        using var csv = CsvReader.Create(file, new CsvReaderOptions { TrackLineNumbers = true, TrimWhitespace = true }, leaveOpen: true);
        var rows = new List<LinkRow>();
        csv.ReadHeader();
        CheckHeader(csv.Headers, errors);
        if (errors.Count > 0)
            return rows;
        while (csv.Read())
            ReadRow(csv, rows, errors);
        return rows;
    }

    private static void CheckHeader(IReadOnlyList<string> header, List<string> errors)
    {
        if (header.Count == 0)
        {
            errors.Add("The file is empty. Its first line must be: page,target (and optionally rel,anchor,match).");
            return;
        }

        var names = header.Select(name => name.Trim().ToLowerInvariant()).ToArray();
        foreach (var missing in Known.Take(2).Except(names))
            errors.Add($"Line 1: the column '{missing}' is missing. The header must name page and target; found: {string.Join(", ", header)}.");
        foreach (var twice in Known.Where(column => names.Count(name => name == column) > 1))
            errors.Add($"Line 1: the column '{twice}' stands twice.");
    }

    private static void ReadRow(CsvReader csv, List<LinkRow> rows, List<string> errors)
    {
        if (!ExpectationText.TryReadUrl("page", Field(csv, "page"), out var page, out var error)
            || !ExpectationText.TryRead(
                Field(csv, "target"), Field(csv, "match"), Field(csv, "rel"), Field(csv, "anchor"), out var expectation, out error))
            errors.Add(string.Create(CultureInfo.InvariantCulture, $"Line {csv.LineNumber}: {error}"));
        else
            rows.Add(new LinkRow(page, expectation));
    }

    /// <summary>Null when the file has no such column, or the row ends before it.</summary>
    private static string? Field(CsvReader csv, string name) =>
        csv.TryGetFieldIndex(name, out var index) && index < csv.FieldCount ? csv.GetString(index).Trim() : null;
}
