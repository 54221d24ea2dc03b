using System.CommandLine;
using System.Globalization;
using LinkMonitor.CommandLine.Conventions;
using LinkMonitor.CommandLine.Results;
using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Imports.Encodings;
using LinkMonitor.Imports.Rows;

namespace LinkMonitor.CommandLine.Files;

/// <summary>One run over the pages of a file that was read.</summary>
internal sealed class FileRun(
    FileCheckSettings settings, FileRows file, EarlierResults earlier, InvocationConfiguration console, TimeProvider time)
{
    /// <summary>Pages begun for each that is fetched: so many hosts are in their pause meanwhile. Each takes some kilobytes.</summary>
    private const int BegunForEachPlace = 8;

    private readonly CheckTally _tally = new();
    private readonly long _started = time.GetTimestamp();
    private int _pagesDone;
    private Exception? _fault;
    private int _faults;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var format = ResultFormats.For(settings.Output, settings.Json, file.OwnColumns, settings.Explain);
        using var log = OpenLog(format, cancellationToken);
        var before = _tally.Total;
        using var progress = new ProgressLine(console.Error, ProgressText, ProgressLine.IsPossible, time);
        var results = new ResultSink(log, format, _tally, progress, settings.Output is null ? console.Output : null);
        var isInterrupted = await CheckAsync(results, cancellationToken);
        progress.Dispose();
        results.Close(file.Rows.Count);
        if (!isInterrupted && settings.Output is not null)
            log.Sort();
        return await EndAsync(before, isInterrupted);
    }

    private ResultLog OpenLog(IResultFormat format, CancellationToken cancellationToken)
    {
        if (!settings.Resume || settings.Output is not { Exists: true } output)
            return ResultLog.Create(settings.Output, file.Rows.Count, format.Header);
        var end = (long)System.Text.Encoding.UTF8.GetByteCount(format.Header);
        var found = new List<(int Row, long At, int Length)>();
        var edited = new HashSet<int>();
        foreach (var result in StoppedRun.Read(output, format.Header, file.OwnColumns, cancellationToken))
        {
            var row = file.Rows.Find(result.Line);
            if (row < 0 || file.Rows.Read(row) is var text && !IsOf(result, text))
                throw new UnreadableFileException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"'{output.Name}' has a result for line {result.Line} that does not belong to '{settings.Source.File.Name}'. Give the "
                        + $"same file, or another --output."), isWrittenWrongly: true);
            end = result.At + result.Length;
            if (!result.HasOwn(file.OwnCells(text, isByName: format.Header.Length == 0)))
            {
                edited.Add(row);
                continue;
            }

            edited.Remove(row);
            found.Add((row, result.At, result.Length));
            _tally.Count(result.State, result.WasKnown);
        }

        TellEdited(edited.Count, output);

        // It was stopped before its first result was whole.
        if (found.Count == 0 && edited.Count == 0)
            return ResultLog.Create(output, file.Rows.Count, format.Header);
        var log = ResultLog.Continue(output, file.Rows.Count, format.Header, end, hasOthers: edited.Count > 0);
        foreach (var (row, at, length) in found)
            log.Note(row, at, length);
        return log;
    }

    private void TellEdited(int edited, FileInfo output)
    {
        if (edited > 0)
        {
            console.Error.WriteLine(
                $"Your own columns have changed since in "
                    + $"{CountText.Of(edited, "row that already has a result; it is checked again", "rows that already have results; they "
                    + "are checked again")}.");
        }

        if (settings.Source.File.LastWriteTimeUtc > output.LastWriteTimeUtc)
        {
            console.Error.WriteLine(
                $"'{settings.Source.File.Name}' was written after these results. Rows with any changed cell are checked again; all other "
                    + "rows keep their results. Leave --resume out to check all rows again.");
        }
    }

    private static bool IsOf(StoppedResult result, RowText text) => LinkFileRow.TryRead(text, out var row, out _)
        && row.Page.Href == result.Page && row.Expectation.Target.Href == result.Target;

    /// <returns>Whether it was interrupted.</returns>
    private async Task<bool> CheckAsync(ResultSink results, CancellationToken cancellationToken)
    {
        using var checks = new CommandChecks(settings.Access, settings.Pacing, time);
        var judge = new FileJudge(checks.Links, results, settings.Explain);

        // With explanations a page is held until its targets were checked.
        var places = settings.Pacing.InAll ?? CheckOptions.DefaultConcurrency;
        var round = new FilePageCheck(
            file.Plan,
            settings.Pacing.PerHost,
            settings.Explain ? places : places * BegunForEachPlace,
            places,
            page => CheckPageAsync(page, checks.Pages, judge, results, cancellationToken));
        try
        {
            await round.RunAsync(cancellationToken);
            return false;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return true;
        }
    }

    private async Task CheckPageAsync(
        int page, RelatedPages pages, FileJudge judge, ResultSink results, CancellationToken cancellationToken)
    {
        var links = FileLink.OfPage(file.Plan.RowsOf(page), file.Rows, earlier);
        if (links.All(link => results.Has(link.Place)))
        {
            Interlocked.Increment(ref _pagesDone);
            return;
        }

        try
        {
            var observations = await pages.CheckAsync(links[0].Row.Page, !settings.Access.IgnoreRobots, cancellationToken);
            await judge.JudgeAsync(links, observations.Seen, cancellationToken);
        }
        catch (Exception e) when (e is not (OperationCanceledException or IOException))
        {
            // A page that we fail at keeps nobody from the others; its links have no result, and the run says so at its end.
            Interlocked.Increment(ref _faults);
            Interlocked.CompareExchange(ref _fault, e, null);
        }

        Interlocked.Increment(ref _pagesDone);
    }

    private async Task<int> EndAsync(int before, bool isInterrupted)
    {
        await console.Error.WriteLineAsync(_tally.Summary(isInterrupted ? null : file.Plan.Pages, time.GetElapsedTime(_started)));
        if (before > 0)
            await console.Error.WriteLineAsync($"{CountText.Of(before, "of these results was", "of these results were")} there already.");
        if (isInterrupted)
        {
            var resume = settings.Output is null ? string.Empty : " Run the same command with --resume to continue.";
            var of = CountText.Of(file.Rows.Count, "link was", "links were");
            await console.Error.WriteLineAsync(Text($"Interrupted: {file.Rows.Count - _tally.Total:N0} of {of} not checked.{resume}"));
            return ExitCodes.Interrupted;
        }

        if (_fault is null)
            return _tally.ExitCode;
        await console.Error.WriteLineAsync($"{CountText.Of(file.Rows.Count - _tally.Total, "link")} on {CountText.Of(_faults, "page")} "
            + "without a result.");
        return await CrashReport.TellAsync(console, _fault, time);
    }

    private string ProgressText() =>
        ProgressLine.Text(
            Volatile.Read(ref _pagesDone), file.Plan.Pages, _tally.InShort(), time.GetElapsedTime(_started), Console.BufferWidth);

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
