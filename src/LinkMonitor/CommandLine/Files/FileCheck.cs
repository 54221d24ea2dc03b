using System.CommandLine;
using LinkMonitor.CommandLine.Output;
using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Robots;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.CommandLine.Files;

/// <summary>Checks every link of a file: each page is fetched once, however many of its links are in the file.</summary>
internal sealed class FileCheck(InvocationConfiguration console, TimeProvider time)
{
    private const int MaxErrorsShown = 20;

    public async Task<int> RunAsync(FileCheckSettings settings, CancellationToken cancellationToken)
    {
        if (!settings.File.Exists)
            return await CommandErrors.UsageAsync(console, $"There is no file '{settings.File.FullName}'.");
        if (settings.Output is { } output && ResultTarget.WrongEnding(output) is { } wrong)
            return await CommandErrors.UsageAsync(console, wrong);

        var errors = new List<string>();
        var rows = ReadRows(settings.File, errors);
        if (errors.Count > 0)
            return await CommandErrors.UsageAsync(console, Shown(errors));

        try
        {
            await using var target = ResultTarget.Open(settings, console);
            return await CheckAsync(rows, settings, target, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await console.Error.WriteLineAsync($"The results cannot be written: {e.Message}");
            return ExitCodes.CannotCreate;
        }
    }

    private static List<LinkRow> ReadRows(FileInfo file, List<string> errors)
    {
        using var stream = file.OpenRead();
        return LinkFile.Read(stream, errors);
    }

    private static IEnumerable<string> Shown(List<string> errors)
    {
        var more = errors.Count - MaxErrorsShown;
        return errors.Take(MaxErrorsShown)
            .Concat(more > 0 ? [$"... and {more} more lines like these."] : [])
            .Append("Nothing was checked.");
    }

    private async Task<int> CheckAsync(
        List<LinkRow> rows, FileCheckSettings settings, ResultTarget target, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var pages = rows.Index().GroupBy(row => UrlKeys.PageIdentity(row.Item.Page)).Select(page => page.ToArray()).ToArray();
        var results = new OrderedResults(rows.Count, target.Writer);
        var interrupted = false;
        try
        {
            await ObserveAsync(pages, settings, results, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            interrupted = true;
        }

        results.WriteRest();
        await console.Error.WriteLineAsync(results.Tally.Summary(pages.Length, time.GetElapsedTime(started)));
        if (!interrupted)
            return results.Tally.ExitCode;
        await console.Error.WriteLineAsync($"Interrupted: {rows.Count - results.Tally.Total} of {rows.Count} links were not checked.");
        return ExitCodes.Interrupted;
    }

    private async Task ObserveAsync(
        (int Index, LinkRow Row)[][] pages, FileCheckSettings settings, OrderedResults results, CancellationToken cancellationToken)
    {
        using var fetcher = new PageFetcher(settings.Fetching, null, time);
        var pacer = new HostPacer(settings.Pacing, time);
        var observer = new PageObserver(fetcher, pacer, new RobotsCache(fetcher, pacer, time));
        var checker = new LinkChecker(new TargetObserver(observer, time), time);
        var round = new PageRound(new RelatedPages(observer), !settings.IgnoreRobots);
        await ProgressBar.RunAsync(pages.Length, step => round.ObserveAsync(
            [.. pages.Select(page => page[0].Row.Page)],
            (page, observation) => JudgeAsync(pages[page], observation, checker, results, step, cancellationToken),
            cancellationToken));
    }

    // The targets may be many and have to wait for their host: only what the result shows waits with them, never the page.
    private static Task JudgeAsync(
        (int Index, LinkRow Row)[] rows, Observation observation, LinkChecker checker, OrderedResults results, Action step, CancellationToken cancellationToken)
    {
        var waiting = rows.Select(row => Judge(row.Index, row.Row, observation)).ToArray();
        return AddTargetsAsync(waiting, checker, results, step, cancellationToken);
    }

    private static WaitingResult Judge(int index, LinkRow row, Observation observation)
    {
        var verdict = LinkJudge.Judge(observation, row.Expectation, LinkMemory.None);
        return new WaitingResult(index, row.Expectation, CheckView.Of(row.Page, row.Expectation, verdict), TargetJudge.IsAsked(verdict, row.Expectation));
    }

    private static async Task AddTargetsAsync(
        WaitingResult[] waiting, LinkChecker checker, OrderedResults results, Action step, CancellationToken cancellationToken)
    {
        foreach (var result in waiting)
        {
            var reasons = result.AsksTarget ? await checker.TargetReasonsAsync(result.Expectation, cancellationToken) : [];
            results.Add(result.Index, result.View.With(reasons));
        }

        step();
    }

    private sealed record WaitingResult(int Index, Expectation Expectation, CheckView View, bool AsksTarget);
}
