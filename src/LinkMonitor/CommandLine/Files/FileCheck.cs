using System.CommandLine;
using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Fetching;
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
        if (settings.Baseline is { Exists: false } missing)
            return await CommandErrors.UsageAsync(console, $"There is no file '{missing.FullName}'.");
        if (settings.Baseline is { } same && settings.Output is { } over && same.FullName == over.FullName)
            return await CommandErrors.UsageAsync(console, "--baseline and --output name the same file, which would be lost. Give another name for the new results.");
        var earlier = settings.Baseline is { } baseline ? ReadEarlier(baseline, errors) : EarlierResults.None;
        if (errors.Count > 0)
            return await CommandErrors.UsageAsync(console, Shown(errors));

        try
        {
            await using var target = ResultTarget.Open(settings, console);
            return await CheckAsync(rows, earlier, settings, target, cancellationToken);
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

    private static EarlierResults ReadEarlier(FileInfo file, List<string> errors)
    {
        using var reader = file.OpenText();
        return EarlierResults.Read(reader, errors);
    }

    private static IEnumerable<string> Shown(List<string> errors)
    {
        var more = errors.Count - MaxErrorsShown;
        return errors.Take(MaxErrorsShown)
            .Concat(more > 0 ? [$"... and {more} more lines like these."] : [])
            .Append("Nothing was checked.");
    }

    private async Task<int> CheckAsync(
        List<LinkRow> rows, EarlierResults earlier, FileCheckSettings settings, ResultTarget target, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var links = rows.Select(row => FileLink.Of(row, earlier)).ToArray();
        var pages = links.Index().GroupBy(link => UrlKeys.PageIdentity(link.Item.Row.Page)).Select(page => page.ToArray()).ToArray();
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
        (int Index, FileLink Link)[][] pages, FileCheckSettings settings, OrderedResults results, CancellationToken cancellationToken)
    {
        using var fetcher = new PageFetcher(settings.Fetching, null, time);
        var pacer = new HostPacer(settings.Pacing, time);
        var observer = new PageObserver(fetcher, pacer, new RobotsCache(fetcher, pacer, time));
        var judge = new FileJudge(new LinkChecker(new TargetObserver(observer, time), time));
        var round = new PageRound(new RelatedPages(observer), !settings.IgnoreRobots);
        await ProgressBar.RunAsync(pages.Length, step => round.ObserveAsync(
            [.. pages.Select(page => page[0].Link.Row.Page)],
            (page, observation) => judge.JudgeAsync(pages[page], observation, results, step, cancellationToken),
            cancellationToken));
    }
}
