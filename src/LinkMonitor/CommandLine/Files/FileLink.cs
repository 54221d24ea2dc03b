using LinkMonitor.CommandLine.Output;
using LinkMonitor.CommandLine.Results;
using LinkMonitor.CommandLine.Rows;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Links;

namespace LinkMonitor.CommandLine.Files;

/// <summary>A link of the file with what an earlier run knows of it.</summary>
/// <param name="Place">Which row of the file it is, from 0.</param>
/// <param name="Expectation">What the row asks for; what it does not ask for is expected as it was, where that is known.</param>
internal sealed record FileLink(int Place, LinkRow Row, Expectation Expectation, LinkMemory Memory, KnownView? Known)
{
    /// <summary>The links of one page, in the order of the file.</summary>
    public static IReadOnlyList<FileLink> OfPage(IEnumerable<int> places, RowSpool rows, EarlierResults earlier)
    {
        var links = new List<FileLink>();
        var ranks = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var place in places)
        {
            if (!LinkRow.TryRead(rows.Read(place), out var row, out var error))
                throw new InvalidOperationException($"A row that was read before cannot be read again: {error}");
            var rank = ranks[row.Expectation.Target.Href] = ranks.GetValueOrDefault(row.Expectation.Target.Href, -1) + 1;
            var (memory, known) = earlier.Find(row.Page, row.Expectation, rank);
            links.Add(new FileLink(place, row, known is null ? row.Expectation : AsBefore(row.Expectation), memory, known));
        }

        return links;
    }

    private static Expectation AsBefore(Expectation asked) => asked with
    {
        Rel = asked.Rel.Kind is ExpectedKind.Any ? default : asked.Rel,
        Anchor = asked.Anchor.Kind is ExpectedKind.Any ? default : asked.Anchor,
        Placement = asked.Placement.Kind is ExpectedKind.Any ? default : asked.Placement,
    };
}
