using LinkMonitor.Exports;

namespace LinkMonitor.Tests.Docs;

/// <summary>docs/exports.md names every column of an export (<see cref="ExportColumns"/>), in the order of the file.</summary>
public sealed class ExportDocTests
{
    [Fact]
    public void Every_column_is_documented_in_its_order()
    {
        var rows = File.ReadLines(Path.Combine(Checkout.Path, "docs", "exports.md"))
            .SkipWhile(line => !line.StartsWith("| column ", StringComparison.Ordinal)).Skip(2)
            .TakeWhile(line => line.StartsWith('|')).Select(line => line.Split('|')[1].Trim().Trim('`'));

        Assert.Equal(ExportColumns.Names, rows);
    }
}
