using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using LinkMonitor.Outreach;

namespace LinkMonitor.Tests.Outreach;

/// <summary>docs/placements.md names what there is.</summary>
public sealed partial class PlacementsDocumentTests
{
    [Fact]
    public void Every_placeholder_stands_in_the_document_with_its_meaning() =>
        Assert.Equal(
            OutreachValues.Known.Select(known => (known.Key, known.Value)).Order(),
            Placeholder().Matches(Document()).Select(match => (match.Groups["name"].Value, match.Groups["meaning"].Value)).Order());

    [Fact]
    public void Every_template_stands_in_the_document() =>
        Assert.All(OutreachNames.All, name => Assert.Contains($"`{name}`", Document(), StringComparison.Ordinal));

    private static string Document([CallerFilePath] string here = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "placements.md"));

    [GeneratedRegex(@"^\| `\{(?<name>\w+)\}` \| (?<meaning>.+) \|$", RegexOptions.NonBacktracking | RegexOptions.Multiline)]
    private static partial Regex Placeholder();
}
