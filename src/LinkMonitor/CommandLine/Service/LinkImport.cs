using System.Globalization;
using LinkMonitor.CommandLine.Conventions;
using LinkMonitor.CommandLine.Files;
using LinkMonitor.Imports;
using LinkMonitor.Imports.Encodings;
using LinkMonitor.Imports.Rows;
using LinkMonitor.Wording;

namespace LinkMonitor.CommandLine.Service;

/// <summary>
/// Has the service import a file: first looked at, with nothing written; when a row is wrong, nothing is begun. Then the import is the
/// service's own work, which goes on when this program stops.
/// </summary>
internal sealed class LinkImport(ServiceRun run, ImportSettings settings, TimeProvider time)
{
    /// <summary>A request whose answer was lost is sent again so often; by its key the service knows it again.</summary>
    private const int MostTries = 3;

    /// <summary>How long the answer to what was sent is waited for when the user stops.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(1500);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        CheckFile();
        var project = await run.ProjectAsync(cancellationToken);
        var text = await run.Client.UploadAsync(
            $"{Path(project)}/preview?{settings.Query}", Open, null, cancellationToken);
        var preview = await run.Client.ReadAsync(text, ServiceJson.Default.PreviewAnswer, cancellationToken);
        if (await RefusalAsync(preview) is { } exitCode)
            return exitCode;
        if (settings.IsDryRun)
        {
            await (run.Json ? run.WriteJsonAsync(text) : PlanAsync(project, preview));
            return ExitCodes.AsExpected;
        }

        var begun = await BeginAsync(project, cancellationToken);
        return await new FollowedImport(run, project, time).FollowAsync(begun, preview.Rows.Rejected, cancellationToken);
    }

    private void CheckFile()
    {
        try
        {
            using var file = Open();
            if (file.Length > SpooledFile.MaxBytes)
                throw Unreadable($"it has more than {SpooledFile.MaxBytes / 1024 / 1024} MB. Split it.");
            if (file.Length == 0)
                throw Unreadable("it is empty.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(e.Message);
        }

        ServiceFailureException Unreadable(string why) =>
            new($"The file cannot be read: {why} Nothing was imported.", ExitCodes.BadData);
    }

    private FileStream Open() => new(settings.File.FullName, FileMode.Open, FileAccess.Read, FileShare.Read);

    /// <summary>Says what is wrong with the file.</summary>
    /// <returns>The exit code; null when the import can begin.</returns>
    private async Task<int?> RefusalAsync(PreviewAnswer preview)
    {
        foreach (var notice in preview.Notices)
            await ErrorAsync(notice);
        var errors = new ErrorList(preview.Rejected.Count);
        foreach (var row in preview.Rejected)
            errors.Add((settings.SkipBad ? "Skipped. " : string.Empty) + new BadRow(row.Line, row.Why, row.Sheet));
        errors.AddUntold(preview.Rows.Rejected - preview.Rejected.Count);
        foreach (var line in errors.Lines())
            await ErrorAsync(line);
        if (errors.Count > 0 && !settings.SkipBad)
        {
            await ErrorAsync("Nothing was imported. With --skip-bad such lines are skipped.");
            return ExitCodes.WrongUsage;
        }

        await TellRespelledAsync(preview);
        if (preview.IsReady)
            return null;
        var asks = Enum.TryParse<WantedWord>(preview.Needs, ignoreCase: true, out var word) ? word : WantedWord.None;
        await ErrorAsync(UnreadableText.Of(preview.Problem ?? "It cannot be imported.", asks));
        await ErrorAsync("Nothing was imported.");
        return preview.IsWrittenWrongly || asks == WantedWord.Target ? ExitCodes.WrongUsage : ExitCodes.BadData;
    }

    // Both are watched: what is one page by its address may still be two.
    private async Task TellRespelledAsync(PreviewAnswer preview)
    {
        foreach (var row in preview.Respelled ?? [])
            await ErrorAsync(
                $"In {Place(row.Sheet, row.Line)} is the same link as in {Place(row.FirstSheet, row.FirstLine)}, written another way. "
                    + "Both are watched.");
        if (preview.Rows.Respelled > (preview.Respelled?.Count ?? 0))
            await ErrorAsync(Invariant($"{preview.Rows.Respelled:N0} links in all are written in several ways."));

        static string Place(string? sheet, int line) =>
            sheet is null ? Invariant($"line {line}") : Invariant($"sheet '{sheet}', row {line}");
    }

    private async Task PlanAsync(ProjectAnswer project, PreviewAnswer preview)
    {
        foreach (var table in preview.Tables)
        {
            var taken = table.Columns.Where(column => column.Role is "page" or "target")
                .Select(column => $"{column.Role} is '{column.Name}'");
            await run.SayAsync(
                $"{(table.Sheet is { } sheet ? $"Sheet '{sheet}': " : string.Empty)}{string.Join(", ", taken)} ({table.Certainty}).");
        }

        if (preview.ByScript > 0)
            await run.SayAsync(Invariant($"{preview.ByScript:N0} made by scripts, the tool says: a check may not find them."));
        if (preview.OtherKinds > 0)
            await run.SayAsync(Invariant(
                $"{preview.OtherKinds:N0} frames, forms, redirects or mere text, the tool says: a check will not find them."));
        var atLeast = preview.IsKnownCounted ? string.Empty : "at least ";
        await run.SayAsync(Invariant(
            $"{project.Name}: {preview.Rows.Added:N0} would be added, {atLeast}{preview.Rows.Known:N0} known already, ")
            + Invariant($"{preview.Rows.Rejected:N0} rejected.{FollowedImport.LeftOut(preview.Rows)}"));
    }

    /// <summary>A stop does not cut off what was sent: its answer says what was begun, and is waited for a moment.</summary>
    private async Task<(ImportAnswer Import, string Text)> BeginAsync(ProjectAnswer project, CancellationToken cancellationToken)
    {
        var path = $"{Path(project)}?{settings.Query}&name={Uri.EscapeDataString(settings.File.Name)}";
        var key = $"linkmonitor-import-{Guid.NewGuid():N}";
        using var end = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        await using var stop = cancellationToken.Register(() => end.CancelAfter(Grace));
        for (var tries = 1; ; tries++)
        {
            try
            {
                var text = await run.Client.UploadAsync(path, Open, key, end.Token);
                return (await run.Client.ReadAsync(text, ServiceJson.Default.ImportAnswer, end.Token), text);
            }
            catch (ServiceFailureException lost)
                when (lost.ExitCode == ExitCodes.Unavailable && tries < MostTries && !cancellationToken.IsCancellationRequested)
            {
                await Task.Delay(FollowedImport.Pause, time, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                await ErrorAsync("No answer came: the import may have begun. Look at the project's imports in the dashboard, or import the "
                    + "file again: links that are there stay as they are.");
                throw new OperationCanceledException(cancellationToken);
            }
        }
    }

    private static string Path(ProjectAnswer project) => $"projects/{project.Id}/imports";

    private Task ErrorAsync(string line) => run.Console.Error.WriteLineAsync(TerminalText.Safe(line, 2_000));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What is imported, and how.</summary>
internal sealed record ImportSettings
{
    public required FileInfo File { get; init; }

    /// <summary>What the file does not say, for the service.</summary>
    public required IReadOnlyList<(string Name, string? Value)> Choices { get; init; }

    /// <summary>Leave out rows that are no links; else nothing is imported when there is one.</summary>
    public required bool SkipBad { get; init; }

    /// <summary>Only look at the file.</summary>
    public required bool IsDryRun { get; init; }

    public string Query => string.Join('&', Choices.Where(choice => !string.IsNullOrEmpty(choice.Value))
        .Select(choice => $"{choice.Name}={Uri.EscapeDataString(choice.Value!)}"));
}
