using System.Globalization;
using System.Text;
using LinkMonitor.Imports.Rows;
using LinkMonitor.Links;
using LinkMonitor.Storage.Imports;
using LinkMonitor.Storage.LinkTypes;

namespace LinkMonitor.Imports;

/// <summary>The rows of an import that are no links, as CSV: read again from the file, so that nothing of them is kept twice.</summary>
internal sealed class RejectedFile(ImportDesk desk, LinkRequestReader reader, ILinkTypeStore types)
{
    public async Task WriteAsync(ImportRun run, Stream to, CancellationToken cancellationToken)
    {
        using var file = await desk.OpenAsync(run, cancellationToken);
        var choices = ImportChoices.FromJson(run.Choices);
        var rows = new FilePlan(
            FileOfLinks.Open(file.Info, choices.ToDefaults(), cancellationToken), choices, reader,
            await types.ReadAsync(run.ProjectId, cancellationToken),
            DateOnly.FromDateTime(run.CreatedAt.UtcDateTime));
        await using var text = new StreamWriter(to, new UTF8Encoding(false), leaveOpen: true);
        await text.WriteAsync("sheet,line,why\r\n");
        foreach (var row in rows.Read(cancellationToken))
        {
            if (row.Bad is { } bad)
                await text.WriteAsync(string.Create(
                    CultureInfo.InvariantCulture, $"{Cell(bad.Sheet ?? string.Empty)},{bad.Line},{Cell(bad.Why)}\r\n"));
        }
    }

    // What a spreadsheet program would take for a formula is text with an apostrophe before it.
    private static string Cell(string text)
    {
        var safe = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + text : text;
        return safe.AsSpan().ContainsAny("\",\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
