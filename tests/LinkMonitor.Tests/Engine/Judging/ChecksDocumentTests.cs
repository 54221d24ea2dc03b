using System.Runtime.CompilerServices;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reasons;

namespace LinkMonitor.Tests.Engine.Judging;

public sealed class ChecksDocumentTests
{
    private const int Columns = 6;

    [Fact]
    public void Every_reason_has_one_full_row()
    {
        var rows = File.ReadAllLines(DocumentPath())
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray())
            .ToArray();

        Assert.Equal(WireName.All<ReasonCode>(), rows.Select(row => row[0].Trim('`')));
        Assert.All(rows, row => Assert.Equal(Columns, row.Count(cell => cell.Length > 0)));
    }

    private static string DocumentPath([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "..", "docs", "checks.md"));
}
