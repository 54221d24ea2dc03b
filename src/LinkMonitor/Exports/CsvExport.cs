using System.Globalization;
using System.Text;
using CsvHelper;
using LinkMonitor.Imports.Rows;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Exports;

/// <summary>
/// CSV after RFC 4180: commas, CR LF, UTF-8, days as <c>2026-01-31</c> and times as <c>2026-01-31T08:00:00Z</c>. Cells that a spreadsheet
/// would run are guarded.
/// </summary>
/// <param name="withMark">A byte order mark in front: Excel takes the file for another encoding without it.</param>
internal sealed class CsvExport(Stream output, bool withMark, DateTimeOffset now) : IExportWriter
{
    private static readonly UTF8Encoding Utf8 = new(false);

    public byte[] Row(WatchedLink link) => Line(ExportColumns.Of(link, now).Select(Text));

    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (withMark)
            await output.WriteAsync(Encoding.UTF8.Preamble.ToArray(), cancellationToken);
        await output.WriteAsync(Line(ExportColumns.Names), cancellationToken);
    }

    public async Task WriteAsync(ReadOnlyMemory<byte> row, string page, CancellationToken cancellationToken) =>
        await output.WriteAsync(row, cancellationToken);

    public Task EndAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static byte[] Line(IEnumerable<string> cells)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = CsvWriter.Create(text, new CsvWriterOptions { Injection = CsvInjection.None }, leaveOpen: true))
            csv.WriteRecord([.. cells]);
        return Utf8.GetBytes(text.ToString());
    }

    private static string Text(object? value) => value switch
    {
        null => string.Empty,
        bool truth => truth ? "true" : "false",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture),
        string text => ExportedFile.Guard(text),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty,
    };
}
