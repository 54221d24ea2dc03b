using LinkMonitor.CommandLine.Output;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Links;

namespace LinkMonitor.CommandLine.Files;

/// <summary>A link of the file with what an earlier run knows of it.</summary>
/// <param name="Expectation">What the row asks for; what it does not ask for is expected as it was, where that is known.</param>
internal sealed record FileLink(LinkRow Row, Expectation Expectation, LinkMemory Memory, KnownView? Known)
{
    public static FileLink Of(LinkRow row, EarlierResults earlier)
    {
        var (memory, known) = earlier.Take(row.Page, row.Expectation);
        return new FileLink(row, known is null ? row.Expectation : AsBefore(row.Expectation), memory, known);
    }

    private static Expectation AsBefore(Expectation asked) => asked with
    {
        Rel = asked.Rel.Kind is ExpectedKind.Any ? default : asked.Rel,
        Anchor = asked.Anchor.Kind is ExpectedKind.Any ? default : asked.Anchor,
        Placement = asked.Placement.Kind is ExpectedKind.Any ? default : asked.Placement,
    };
}
