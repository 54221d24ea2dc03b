using LinkMonitor.CommandLine.Output;
using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Links;

namespace LinkMonitor.CommandLine.Files;

/// <summary>Judges the links of a file that are on one page, as a set, and then their targets.</summary>
internal sealed class FileJudge(LinkChecker checker)
{
    // The targets may be many and have to wait for their host: only what the result shows waits with them, never the page.
    public async Task JudgeAsync(
        (int Index, FileLink Link)[] rows, Observation observation, OrderedResults results, Action step, CancellationToken cancellationToken)
    {
        var waiting = await JudgeLinksAsync(rows, observation, cancellationToken);
        foreach (var result in waiting)
        {
            var reasons = result.AsksTarget ? await checker.TargetReasonsAsync(result.Expectation, cancellationToken) : [];
            results.Add(result.Index, result.View.With(reasons));
        }

        step();
    }

    private async Task<List<WaitingResult>> JudgeLinksAsync((int Index, FileLink Link)[] rows, Observation observation, CancellationToken cancellationToken)
    {
        var watched = observation.Reading is not null && rows.Length > 1
            ? WatchedSet.Of(observation, [.. rows.Select(row => (row.Link.Expectation, row.Link.Memory))])
            : null;
        var waiting = new List<WaitingResult>(rows.Length);
        foreach (var (place, (index, link)) in rows.Index())
        {
            var memory = watched is null ? link.Memory : link.Memory with { Taken = watched.TakenFrom(place) };
            waiting.Add(Wait(index, link, await checker.JudgeAsync(observation, link.Expectation, memory, cancellationToken)));
        }

        return waiting;
    }

    private static WaitingResult Wait(int index, FileLink link, Verdict verdict)
    {
        var view = CheckView.Of(link.Row.Page, link.Row.Expectation, verdict) with
        {
            WasKnown = link.Known is not null,
            Known = KnownView.Of(verdict) ?? link.Known,
        };
        return new WaitingResult(index, link.Expectation, view, TargetJudge.IsAsked(verdict, link.Expectation));
    }

    private sealed record WaitingResult(int Index, Expectation Expectation, CheckView View, bool AsksTarget);
}
