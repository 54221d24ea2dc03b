using System.Runtime.CompilerServices;
using LinkMonitor.Engine.Explaining;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.Tests.Engine.Explaining;

public sealed class ReasonGroundTests
{
    [Fact]
    public void Sources_are_those_of_the_document()
    {
        var documented = File.ReadAllLines(DocumentPath())
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray())
            .ToDictionary(row => WireName.Parse<ReasonCode>(row[0].Trim('`')), row => Url(row[^1]));

        Assert.All(Enum.GetValues<ReasonCode>(), code => Assert.Equal(documented[code], ReasonGround.Of(code).Source));
    }

    private static string? Url(string cell) => cell.Contains("](", StringComparison.Ordinal) ? cell[(cell.IndexOf("](", StringComparison.Ordinal) + 2)..^1] : null;

    private static string DocumentPath([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "..", "docs", "checks.md"));
}
