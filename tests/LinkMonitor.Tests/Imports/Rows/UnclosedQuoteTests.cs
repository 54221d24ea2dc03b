using System.Globalization;
using System.Text;
using LinkMonitor.Imports.Rows;

namespace LinkMonitor.Tests.Imports.Rows;

/// <summary>A row that takes in others, because a quotation mark is not closed, costs its own line and no other.</summary>
public sealed class UnclosedQuoteTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("linkmonitor-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void The_rows_behind_an_unclosed_quotation_mark_are_read(string end)
    {
        var rows = Read(
            ["page,target,note", Row("ä"), $"{Row("b")},\"never closed", Row("ç"), $"{Row("d")},\"two", "lines, €\"",
                $"{Row("e")},\"öpen", Row("😀"), Row("g")],
            end);

        Assert.Equal(["2 ä", "3 bad", "4 ç", "5 d", "7 bad", "8 😀", "9 g"], rows.Select(Short));
        Assert.Equal("two" + end.ReplaceLineEndings("\n") + "lines, €", ((LinkFileRow)rows[3]).Text.Own[0].ReplaceLineEndings("\n"));
    }

    [Fact]
    public void A_quotation_mark_that_the_next_row_seems_to_close_takes_only_its_own_line()
    {
        var rows = Read(["page,target,note", $"{Row("a")},\"open", $"{Row("b")},\"x\"", Row("c")], "\n");

        Assert.Equal(["2 bad", "3 b", "4 c"], rows.Select(Short));
    }

    [Fact]
    public void An_address_that_takes_in_the_next_row_costs_its_own_line()
    {
        var rows = Read(["page,target", $"\"{Row("a")}", $"\"https://b.example/\",https://example.org/", Row("c")], "\n");

        Assert.Equal(["2 bad", "3 b", "4 c"], rows.Select(row => Short(row).Replace("https://b.example/", "b", StringComparison.Ordinal)));
    }

    [Fact]
    public void Rows_without_end_behind_it_are_read_and_not_held_in_memory()
    {
        string[] lines =
        [
            "page,target,note", Row("a"), "", $"{Row("b")},\"never closed",
            .. Enumerable.Range(0, 60_000).Select(n => Row(n.ToString(CultureInfo.InvariantCulture))),
            $"{Row("c")},{new string('x', 3_000_000)}", Row("end"),
        ];

        var rows = Read(lines, "\n");

        Assert.Equal(["2 a", "4 bad", "5 0"], rows.Take(3).Select(Short));
        Assert.Equal(["60004 59999", "60005 bad", "60006 end"], rows.TakeLast(3).Select(Short));
        Assert.Equal(60_004, rows.Count);
        Assert.Contains("longer than 1 MB", ((BadRow)rows[1]).Why, StringComparison.Ordinal);
    }

    private static string Row(string name) => $"https://a.example/{name},https://example.org/";

    private static string Short(object row) => row switch
    {
        BadRow bad => $"{bad.Line} bad",
        LinkFileRow link => $"{link.Text.Line} {link.Text.Page.Replace("https://a.example/", "", StringComparison.Ordinal)}",
        _ => throw new ArgumentException("No row.", nameof(row)),
    };

    private List<object> Read(string[] lines, string end)
    {
        var path = Path.Combine(_folder.FullName, "links.csv");
        File.WriteAllText(path, string.Join(end, lines) + end, Encoding.UTF8);
        var table = FileOfLinks.Open(
            new FileInfo(path), new RowDefaults(null, null), TestContext.Current.CancellationToken).Single();
        return [.. table.Rows(TestContext.Current.CancellationToken)];
    }
}
