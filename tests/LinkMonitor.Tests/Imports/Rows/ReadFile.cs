using System.IO.Compression;
using System.Security;
using System.Text;
using LinkMonitor.Imports.Rows;

namespace LinkMonitor.Tests.Imports.Rows;

/// <summary>Writes a file of links and reads it.</summary>
internal static class ReadFile
{
    public static FileOfLinks Open(string text, RowDefaults? defaults = null) => Open(Encoding.UTF8.GetBytes(text), defaults);

    public static FileOfLinks Open(byte[] bytes, RowDefaults? defaults = null)
    {
        var file = new FileInfo(Path.Combine(Directory.CreateTempSubdirectory("linkmonitor-").FullName, "links"));
        File.WriteAllBytes(file.FullName, bytes);
        return FileOfLinks.Open(file, defaults ?? RowDefaults.None, TestContext.Current.CancellationToken);
    }

    public static List<object> Rows(string text, string? target = null) =>
        [.. Open(text, new RowDefaults(target, null)).Single().Rows(TestContext.Current.CancellationToken)];

    public static string Short(object row) => row switch
    {
        LinkFileRow link => $"{link.Text.Line} {link.Page.Href} {link.Expectation.Target.Href}{(link.Text.WasLost ? " lost" : "")}"
            + $"{(link.Text.IsByScript ? " script" : "")}",
        BadRow bad => $"{bad.Line} bad",
        _ => "?",
    };

    /// <summary>A workbook as spreadsheet programs write it, with inline texts.</summary>
    /// <param name="sheets">Each with its rows; a cell is text, <c>=URL|word</c> for a formula that makes a link, or <c>@URL|word</c> for a
    /// cell with a link behind it.</param>
    /// <remarks>A row whose first cell stands behind <c>~</c> is hidden.
    /// A name behind <c>~</c> is of a hidden sheet, behind <c>~~</c> of one that only a program can show.</remarks>
    /// <param name="merged">Ranges of the first sheet that are merged, for example <c>A4:A5</c>.</param>
    public static byte[] Workbook((string Name, string[][] Rows)[] sheets, params string[] merged)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
            const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
            const string Package = "http://schemas.openxmlformats.org/package/2006/relationships";
            Put("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default "
                + "Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default "
                + "Extension=\"xml\" ContentType=\"application/xml\"/></Types>");
            Put("_rels/.rels", $"<Relationships xmlns=\"{Package}\"><Relationship Id=\"r1\" Type=\"{Relations}/officeDocument\" "
                + "Target=\"xl/workbook.xml\"/></Relationships>");
            Put("xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><sheets>"
                + string.Concat(sheets.Select((sheet, at) => $"<sheet name=\"{SecurityElement.Escape(sheet.Name.TrimStart('~'))}\" "
                    + $"sheetId=\"{at + 1}\" {StateOf(sheet.Name)}r:id=\"r{at + 1}\"/>")) + "</sheets></workbook>");
            Put("xl/_rels/workbook.xml.rels", $"<Relationships xmlns=\"{Package}\">" + string.Concat(sheets.Select((_, at) =>
                $"<Relationship Id=\"r{at + 1}\" Type=\"{Relations}/worksheet\" Target=\"worksheets/sheet{at + 1}.xml\"/>"))
                + "</Relationships>");
            foreach (var (at, sheet) in sheets.Index())
            {
                var links = new List<(string Place, string Url)>();
                var rows = string.Concat(sheet.Rows.Select((row, line) => row.Length == 0 ? string.Empty : $"<row r=\"{line + 1}\""
                    + (row[0].StartsWith('~') ? " hidden=\"1\">" : ">")
                    + string.Concat(row.Select((cell, column) => Cell(
                        cell.TrimStart('~'), $"{(char)('A' + column)}{line + 1}", links))) + "</row>"));
                var merges = at == 0 && merged.Length > 0
                    ? "<mergeCells>" + string.Concat(merged.Select(range => $"<mergeCell ref=\"{range}\"/>")) + "</mergeCells>"
                    : string.Empty;
                Put($"xl/worksheets/sheet{at + 1}.xml", $"<worksheet xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><sheetData>{rows}</sheetData>"
                    + merges + (links.Count == 0 ? string.Empty : "<hyperlinks>" + string.Concat(links.Select((link, number) =>
                        $"<hyperlink ref=\"{link.Place}\" r:id=\"h{number}\"/>")) + "</hyperlinks>") + "</worksheet>");
                Put($"xl/worksheets/_rels/sheet{at + 1}.xml.rels", $"<Relationships xmlns=\"{Package}\">"
                    + string.Concat(links.Select((link, number) => $"<Relationship Id=\"h{number}\" Type=\"{Relations}/hyperlink\" "
                        + $"Target=\"{SecurityElement.Escape(link.Url)}\" TargetMode=\"External\"/>")) + "</Relationships>");
            }

            void Put(string name, string xml)
            {
                using var part = new StreamWriter(zip.CreateEntry(name).Open(), new UTF8Encoding(false));
                part.Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + xml);
            }
        }

        return stream.ToArray();
    }

    private static string StateOf(string name) => name.StartsWith("~~", StringComparison.Ordinal) ? "state=\"veryHidden\" "
        : name.StartsWith('~') ? "state=\"hidden\" " : string.Empty;

    private static string Cell(string text, string place, List<(string Place, string Url)> links)
    {
        if (text.StartsWith('=') && text.Split('|') is [var formula, var shown])
            return $"<c r=\"{place}\" t=\"str\"><f>HYPERLINK(\"{SecurityElement.Escape(formula[1..])}\",\"{shown}\")</f><v>{shown}</v></c>";
        if (text.StartsWith('@') && text.Split('|') is [var url, var word])
        {
            links.Add((place, url[1..]));
            text = word;
        }

        return text.Length == 0 ? string.Empty
            : $"<c r=\"{place}\" t=\"inlineStr\"><is><t>{SecurityElement.Escape(text)}</t></is></c>";
    }
}
