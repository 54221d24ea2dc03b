using LinkMonitor.Engine.Naming;
using LinkMonitor.Exports;
using LinkMonitor.Imports.Rows;
using LinkMonitor.Views;

namespace LinkMonitor.Tests.Imports.Rows;

/// <summary>
/// What exports and imports agree on (<see cref="ExportedFile"/>), and how a sheet has its texts (<see cref="XlsxText"/>).
/// </summary>
public sealed class ExportedFileTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@x", "'@x")]
    [InlineData("\tx", "'\tx")]
    [InlineData("\rx", "'\rx")]
    [InlineData("'=1", "''=1")]
    [InlineData("''=1", "'''=1")]
    [InlineData("'quoted'", "'quoted'")]
    [InlineData("'", "'")]
    [InlineData("a=b", "a=b")]
    [InlineData("", "")]
    public void What_a_spreadsheet_would_run_is_guarded_and_comes_back(string text, string cell)
    {
        Assert.Equal(cell, ExportedFile.Guard(text));
        Assert.Equal(text, ExportedFile.Unguard(cell));
    }

    [Fact]
    public void Tags_with_separators_in_them_come_back()
    {
        string[] tags = ["a, b", "c;d|e", "\\", "plain", "\\,"];

        Assert.Equal(tags, ExportedFile.Split(ExportedFile.Join(tags)));
        Assert.Equal(["one", "two", "three"], ExportedFile.Split(" one; two |three,, "));
    }

    [Theory]
    [InlineData("a<b>&\"", "a&lt;b&gt;&amp;\"")]
    [InlineData("a\r\nb", "a_x000D_\nb")]
    [InlineData("_x000D_", "_x005F_x000D_")]
    [InlineData("\u0001\uFFFF", "_x0001__xFFFF_")]
    [InlineData("日本🎉", "日本🎉")]
    public void A_text_of_a_sheet_is_valid_XML_and_keeps_every_character(string text, string xml) => Assert.Equal(xml, XlsxText.Of(text));

    [Theory]
    [InlineData(0, "A")]
    [InlineData(25, "Z")]
    [InlineData(26, "AA")]
    [InlineData(52, "BA")]
    public void Columns_have_letters(int number, string letters) => Assert.Equal(letters, XlsxText.Column(number));

    [Fact]
    public void Everything_that_a_column_can_be_has_words_on_the_page_of_an_import() => Assert.Equal(
        WireName.All<ColumnRole>().Order(StringComparer.Ordinal),
        RoleWords.All.Select(role => role.Value).Order(StringComparer.Ordinal));

    [Fact]
    public void A_file_is_ours_by_the_names_of_its_columns_also_when_some_are_gone()
    {
        var plain = ExportColumns.Names.Select(HeaderNames.Plain).ToList();

        Assert.True(ExportedFile.IsHeader(plain));
        Assert.True(ExportedFile.IsHeader([.. plain.Where(name => name is not ("linkid" or "foundrel"))]));
        Assert.False(ExportedFile.IsHeader(["page", "target", "vendor", "cost", "start", "end"]));
        Assert.Equal(plain.Count, plain.Distinct(StringComparer.Ordinal).Count());
    }
}
