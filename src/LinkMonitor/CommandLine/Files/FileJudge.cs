using LinkMonitor.CommandLine.Output;
using LinkMonitor.CommandLine.Results;
using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Explaining;
using LinkMonitor.Engine.Judging.Absences;
using LinkMonitor.Engine.Judging.Targets;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Imports.Rows;

namespace LinkMonitor.CommandLine.Files;

/// <summary>Judges the links of a file that are on one page, as a set, and then their targets.</summary>
internal sealed class FileJudge(LinkChecker checker, ResultSink results, bool explains)
{
    /// <summary>Links of a page that are compared with each other; what that costs grows with their square.</summary>
    private const int LargestSet = 500;

    // The targets may be many and have to wait for their host: only what the result shows waits with them, never the page.
    public async Task JudgeAsync(IReadOnlyList<FileLink> links, Observation observation, CancellationToken cancellationToken)
    {
        foreach (var waiting in await JudgeLinksAsync(links, observation, cancellationToken))
        {
            var reasons = waiting.AsksTarget ? await checker.TargetReasonsAsync(waiting.Link.Expectation, cancellationToken) : [];
            results.Add(waiting.Link.Place, waiting.Link.Row.Text.Own, waiting.View.With(reasons), Explain(waiting.Verdict, reasons));
        }
    }

    private async Task<List<WaitingResult>> JudgeLinksAsync(
        IReadOnlyList<FileLink> links, Observation observation, CancellationToken cancellationToken)
    {
        var waiting = new List<WaitingResult>(links.Count);
        foreach (var set in links.Chunk(LargestSet))
        {
            var watched = observation.Reading is not null && set.Length > 1
                ? WatchedSet.Of(observation, [.. set.Select(link => (link.Expectation, link.Memory))])
                : null;
            foreach (var (place, link) in set.Index())
            {
                if (results.Has(link.Place))
                    continue;
                var memory = watched is null ? link.Memory : link.Memory with { Taken = watched.TakenFrom(place) };
                waiting.Add(Wait(link, await checker.JudgeAsync(observation, link.Expectation, memory, cancellationToken)));
            }
        }

        return waiting;
    }

    private WaitingResult Wait(FileLink link, Verdict verdict)
    {
        var view = CheckView.Of(link.Row.Page, link.Row.Expectation, verdict) with
        {
            WasKnown = link.Known is not null,
            Known = KnownView.Of(verdict) ?? link.Known,
            Line = link.Row.Text.Line,
        };
        return new WaitingResult(link, view, TargetJudge.IsAsked(verdict, link.Expectation), explains ? verdict : null);
    }

    private static Explanation? Explain(Verdict? verdict, IReadOnlyList<Reason> targetReasons) =>
        verdict is null ? null : Explainer.Explain(LinkChecker.With(verdict, targetReasons));

    /// <param name="Verdict">Holds the page; null unless it is to be explained.</param>
    private sealed record WaitingResult(FileLink Link, CheckView View, bool AsksTarget, Verdict? Verdict);
}

/// <summary>A link of the file with what an earlier run knows of it.</summary>
/// <param name="Place">Which row of the file it is, from 0.</param>
/// <param name="Expectation">What the row asks for; what it does not ask for is expected as it was, where that is known.</param>
internal sealed record FileLink(int Place, LinkFileRow Row, Expectation Expectation, LinkMemory Memory, KnownView? Known)
{
    /// <summary>The links of one page, in the order of the file.</summary>
    public static IReadOnlyList<FileLink> OfPage(IEnumerable<int> places, RowSpool rows, EarlierResults earlier)
    {
        var links = new List<FileLink>();
        var ranks = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var place in places)
        {
            if (!LinkFileRow.TryRead(rows.Read(place), out var row, out var error))
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
