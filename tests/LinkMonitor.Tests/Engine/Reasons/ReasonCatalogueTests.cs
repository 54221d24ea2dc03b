using System.Runtime.CompilerServices;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reasons;

namespace LinkMonitor.Tests.Engine.Reasons;

public sealed class ReasonCatalogueTests
{
    [Fact]
    public void Sources_are_those_of_the_document()
    {
        var documented = File.ReadAllLines(DocumentPath())
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray())
            .ToDictionary(row => WireName.Parse<ReasonCode>(row[0].Trim('`')), row => Url(row[^1]));

        Assert.All(Enum.GetValues<ReasonCode>(), code => Assert.Equal(documented[code], ReasonCatalogue.Of(code).Source));
    }

    [Fact]
    public void Every_reason_has_one_entry_with_words_of_its_own()
    {
        Assert.Equal(Enum.GetValues<ReasonCode>(), ReasonCatalogue.All.Select(entry => entry.Code));
        Assert.All(ReasonCatalogue.All, entry => Assert.All(entry.Texts, Assert.NotEmpty));
        Assert.Equal(ReasonCatalogue.All.Count, ReasonCatalogue.All.Select(entry => entry.Label).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void What_the_owner_is_written_about_has_words_for_the_owner() =>
        Assert.All(
            ReasonCatalogue.All.Where(entry => entry.Template is not null),
            entry => Assert.NotNull(entry.OwnerSubject ?? entry.OwnerSentence));

    private static string? Url(string cell) =>
        cell.Contains("](", StringComparison.Ordinal) ? cell[(cell.IndexOf("](", StringComparison.Ordinal) + 2)..^1] : null;

    private static string DocumentPath([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "..", "docs", "checks.md"));
}
