using System.Globalization;
using LinkMonitor.CommandLine.Conventions;
using LinkMonitor.CommandLine.Results;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Wording;

namespace LinkMonitor.CommandLine.Service;

/// <summary>An import at the service, followed to its end, cancelled or undone.</summary>
internal sealed class FollowedImport(ServiceRun run, ProjectAnswer project, TimeProvider time)
{
    /// <summary>Between two looks.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Where no line is drawn anew, how far it is is said so often.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(10);

    /// <summary>A service that is started again, or overloaded, is waited for so long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>An import that gets no further for so long is left to the service, which tries for hours.</summary>
    private static readonly TimeSpan Standstill = TimeSpan.FromMinutes(30);

    private string Path => $"projects/{project.Id}/imports";

    /// <param name="act">What is asked of it first, for example <c>cancel</c>; null for nothing.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> FollowAsync(string id, string? act, CancellationToken cancellationToken)
    {
        var one = $"{Path}/{Uri.EscapeDataString(id)}";
        var text = act is null
            ? await run.Client.GetAsync(one, cancellationToken)
            : await run.Client.SendAsync(HttpMethod.Post, $"{one}/{act}", null, cancellationToken);
        var import = await run.Client.ReadAsync(text, ServiceJson.Default.ImportAnswer, cancellationToken);
        return await FollowAsync((import, text), import.Progress.Rejected, cancellationToken, isMeant: act is not null);
    }

    /// <param name="begun">As the service has told it.</param>
    /// <param name="rejected">Rows that are known to be no links.</param>
    /// <param name="isMeant">The user has asked for its end.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> FollowAsync(
        (ImportAnswer Import, string Text) begun, int rejected, CancellationToken cancellationToken, bool isMeant = false)
    {
        var current = begun;
        try
        {
            current = await WaitAsync(begun, now => current = now, cancellationToken);
        }
        catch (Exception e) when (e is OperationCanceledException or ServiceFailureException)
        {
            await run.Console.Error.WriteLineAsync(TerminalText.Safe(Leaving(current.Import), 2_000));
            throw;
        }

        return await EndAsync(current, rejected, isMeant);
    }

    /// <summary>What was left out besides rejected rows; empty for nothing.</summary>
    public static string LeftOut(ImportCountsAnswer counts) => string.Concat(
        counts.Unreadable == 0 ? string.Empty : Text($" {counts.Unreadable:N0} of the known cannot be read (see what is set aside)."),
        counts.Twice == 0 ? string.Empty : Text($" {counts.Twice:N0} twice in the file."),
        counts.Own == 0
            ? string.Empty
            : Text($" {counts.Own:N0} left out that {(counts.Own == 1 ? "is" : "are")} on the target's own site."),
        counts.Lost == 0 ? string.Empty : Text($" {counts.Lost:N0} left out that the file marks as lost (--with-lost imports them)."));

    private async Task<(ImportAnswer Import, string Text)> WaitAsync(
        (ImportAnswer Import, string Text) begun, Action<(ImportAnswer Import, string Text)> tell, CancellationToken cancellationToken)
    {
        var (current, start) = (begun, time.GetTimestamp());
        var (moved, said, heard) = (start, start, start);
        using var line = new ProgressLine(
            run.Console.Error, () => Progress(current.Import, time.GetElapsedTime(start), Columns()), ProgressLine.IsPossible, time);
        while (current.Import.IsOpen)
        {
            await Task.Delay(Pause, time, cancellationToken);
            if (await LookAsync(current.Import.Id, time.GetElapsedTime(heard) < Patience, cancellationToken) is { } now)
            {
                moved = now.Import.Progress == current.Import.Progress ? moved : time.GetTimestamp();
                heard = time.GetTimestamp();
                tell(current = now);
            }

            if (time.GetElapsedTime(moved) > Standstill)
                throw new ServiceFailureException(
                    $"It has got no further for {Standstill.TotalMinutes:N0} minutes. Does the service run its queues?",
                    ExitCodes.Unavailable);
            if (ProgressLine.IsPossible || time.GetElapsedTime(said) < Between || !current.Import.IsOpen)
                continue;
            said = time.GetTimestamp();
            await run.Console.Error.WriteLineAsync(Progress(current.Import, time.GetElapsedTime(start), int.MaxValue));
        }

        return current;
    }

    /// <returns>Null when the service does not answer now.</returns>
    private async Task<(ImportAnswer Import, string Text)?> LookAsync(string id, bool isPatient, CancellationToken cancellationToken)
    {
        try
        {
            var text = await run.Client.GetAsync($"{Path}/{id}", cancellationToken);
            return (await run.Client.ReadAsync(text, ServiceJson.Default.ImportAnswer, cancellationToken), text);
        }
        catch (ServiceFailureException failure) when (failure.ExitCode == ExitCodes.Unavailable && isPatient)
        {
            return null;
        }
    }

    private async Task<int> EndAsync((ImportAnswer Import, string Text) ended, int rejected, bool isMeant)
    {
        var (import, counts) = (ended.Import, ended.Import.Progress);
        await (run.Json ? run.WriteJsonAsync(ended.Text) : run.SayAsync(Summary(import)));
        if (import.Problem is { } problem)
            await run.Console.Error.WriteLineAsync(TerminalText.Safe($"The import failed. {problem}", 2_000));
        if (counts.Rejected > rejected)
            await run.Console.Error.WriteLineAsync(Text(
                $"{CountText.Of(counts.Rejected - rejected, "row was", "rows were")} rejected that the look before had taken: ")
                + $"{run.Client.AddressOf($"api/v1/{Path}/{import.Id}/rejected.csv")} lists them.");
        return import.State == "done" || (isMeant && import.State is "cancelled" or "undone") ? ExitOf(counts.Rejected > rejected)
            : import.State == "undone" ? ExitCodes.AsExpected
            : ExitCodes.BadData;

        static int ExitOf(bool isLess) => isLess ? ExitCodes.BadData : ExitCodes.AsExpected;
    }

    private string Summary(ImportAnswer import)
    {
        var counts = import.Progress;
        var links = Text($"{counts.Added:N0} added, {counts.Known:N0} known already, {counts.Rejected:N0} rejected.{LeftOut(counts)}");
        return $"{project.Name}: " + import.State switch
        {
            "done" => links,
            "undone" => Text($"undone: {counts.Removed:N0} removed, {counts.Kept:N0} kept that somebody has changed since."),
            _ => Text($"{import.State} after {counts.Read:N0} of {CountText.Of(counts.Rows, "row")}: {links}"),
        };
    }

    private string Leaving(ImportAnswer import) => Text(
        $"The import {import.Id} is the service's work and goes on ({import.Progress.Read:N0} of {import.Progress.Rows:N0} rows so far). ")
        + $"Follow it with 'linkmonitor import --follow {import.Id} --project {project.Id}', stop it with --cancel instead of --follow, or "
        + $"look at {run.Client.AddressOf($"app/p/{project.Id}/imports/{import.Id}")}.";

    private static string Progress(ImportAnswer import, TimeSpan took, int columns)
    {
        var counts = import.Progress;
        return import.State == "undoing"
            ? ProgressLine.Text(
                counts.Removed + counts.Kept, counts.Added, Text($"{counts.Removed:N0} removed"), took, columns, "link")
            : ProgressLine.Text(
                counts.Read, counts.Rows, Text($"{counts.Added:N0} added, {counts.Known:N0} known, {counts.Rejected:N0} rejected"), took,
                columns, "row");
    }

    private static int Columns() => Console.IsErrorRedirected ? int.MaxValue : Console.WindowWidth;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
