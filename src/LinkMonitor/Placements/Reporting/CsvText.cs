using CsvHelper;

namespace LinkMonitor.Placements.Reporting;

/// <summary>
/// CSV after RFC 4180. Cells that a spreadsheet would run as a formula get an apostrophe in front (OWASP, "CSV injection"), for much of
/// what is in them comes from other people's pages.
/// </summary>
internal static class CsvText
{
    /// <summary>What a file starts with, so that spreadsheets take it for UTF-8.</summary>
    public const string ByteOrderMark = "\uFEFF";

    public static string Header(IReadOnlyList<string> columns)
    {
        using var text = new StringWriter();
        using (var csv = Open(text))
            csv.WriteHeader([.. columns]);
        return text.ToString();
    }

    /// <param name="records">Each with a cell for every column.</param>
    public static string Records(IEnumerable<IReadOnlyList<string>> records)
    {
        using var text = new StringWriter();
        using (var csv = Open(text))
        {
            foreach (var record in records)
                csv.WriteRecord([.. record]);
        }

        return text.ToString();
    }

    private static CsvWriter Open(TextWriter text) =>
        CsvWriter.Create(text, new CsvWriterOptions { Injection = CsvInjection.Escape }, leaveOpen: true);
}
