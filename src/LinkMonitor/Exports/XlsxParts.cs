using System.Globalization;
using System.Security;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace LinkMonitor.Exports;

/// <summary>What a workbook has around its rows (ECMA-376, part 1, 12 and 18; part 2).</summary>
internal static class XlsxParts
{
    public const string Declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
    public const string Sheet = "xl/worksheets/sheet1.xml";
    public const string SheetRelations = "xl/worksheets/_rels/sheet1.xml.rels";

    // Their places among the formats below.
    public const char PlainStyle = '0';
    public const char TextStyle = '1';
    public const char DayStyle = '2';
    public const char TimeStyle = '3';
    public const char HeaderStyle = '4';

    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";
    private const string Type = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    /// <summary>The sheet up to its first row, with the header frozen.</summary>
    public const string SheetBegin =
        $"{Declaration}<worksheet xmlns=\"{Main}\" xmlns:r=\"{Office}\"><sheetViews><sheetView workbookViewId=\"0\">"
            + "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>"
            + "<cols><col min=\"1\" max=\"2\" width=\"50\" customWidth=\"1\"/>"
            + "<col min=\"3\" max=\"40\" width=\"18\" customWidth=\"1\"/></cols>"
            + "<sheetData>";

    /// <summary>All parts but the sheet and its relations.</summary>
    public static IReadOnlyList<(string Name, string Xml)> Around { get; } =
    [
        ("[Content_Types].xml", $"<Types xmlns=\"{Package}/content-types\">"
            + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
            + $"<Override PartName=\"/xl/workbook.xml\" ContentType=\"{Type}.sheet.main+xml\"/>"
            + $"<Override PartName=\"/{Sheet}\" ContentType=\"{Type}.worksheet+xml\"/>"
            + $"<Override PartName=\"/xl/styles.xml\" ContentType=\"{Type}.styles+xml\"/></Types>"),
        ("_rels/.rels", Relations([("r1", "officeDocument", "xl/workbook.xml")])),
        ("xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Office}\"><sheets>"
            + "<sheet name=\"Links\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels",
            Relations([("r1", "worksheet", "worksheets/sheet1.xml"), ("r2", "styles", "styles.xml")])),
        ("xl/styles.xml", Styles),
    ];

    // Format 49 is text: a cell that somebody edits stays one.
    private static string Styles =>
        $"<styleSheet xmlns=\"{Main}\"><numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/>"
            + "<numFmt numFmtId=\"165\" formatCode=\"yyyy\\-mm\\-dd\\ hh:mm:ss\"/></numFmts>"
            + "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font><font><b/><sz val=\"11\"/><name "
            + "val=\"Calibri\"/></font>"
            + "</fonts><fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill "
            + "patternType=\"gray125\"/></fill>"
            + "</fills><borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
            + "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs><cellXfs count=\"5\">"
            + Format(0, 0) + Format(49, 0) + Format(164, 0) + Format(165, 0) + Format(49, 1) + "</cellXfs><cellStyles count=\"1\">"
            + "<cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>";

    /// <param name="targets">Each with its id, its kind, and where it points to.</param>
    public static string Relations(IEnumerable<(string Id, string Kind, string Target)> targets)
    {
        var xml = new StringBuilder($"<Relationships xmlns=\"{Package}/relationships\">");
        foreach (var (id, kind, target) in targets)
            xml.Append(CultureInfo.InvariantCulture, $"<Relationship Id=\"{id}\" Type=\"{Office}/{kind}\" Target=\"")
                .Append(SecurityElement.Escape(target)).Append(kind == "hyperlink" ? "\" TargetMode=\"External\"/>" : "\"/>");
        return xml.Append("</Relationships>").ToString();
    }

    private static string Format(int number, int font) => string.Create(
        CultureInfo.InvariantCulture,
        $"<xf numFmtId=\"{number}\" fontId=\"{font}\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\"/>");
}

/// <summary>Texts and places as a sheet has them.</summary>
internal static partial class XlsxText
{
    /// <summary>
    /// The text in a cell: characters that XML cannot hold, and carriage returns, which it would lose, as <c>_x000D_</c>; what looks like
    /// that already begins with an escaped underscore (ECMA-376, part 1, 22.9.2.19).
    /// </summary>
    public static string Of(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var rune in Lookalike().Replace(text, "_x005F_").EnumerateRunes())
        {
            if (rune.IsBmp && (rune.Value == '\r' || !XmlConvert.IsXmlChar((char)rune.Value)))
                escaped.Append(CultureInfo.InvariantCulture, $"_x{rune.Value:X4}_");
            else
                escaped.Append(rune.Value switch { '<' => "&lt;", '>' => "&gt;", '&' => "&amp;", _ => rune.ToString() });
        }

        return escaped.ToString();
    }

    /// <summary>The letters of a column, from 0: A, B, …, Z, AA, …</summary>
    public static string Column(int number) =>
        number < 26 ? $"{(char)('A' + number)}" : $"{(char)('A' + (number / 26) - 1)}{(char)('A' + (number % 26))}";

    [GeneratedRegex("_(?=x[0-9A-Fa-f]{4}_)")]
    private static partial Regex Lookalike();
}
