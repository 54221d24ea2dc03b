using System.CommandLine;
using System.Globalization;
using LinkMonitor.CommandLine.Results;
using LinkMonitor.CommandLine.Rows;

namespace LinkMonitor.CommandLine.Files;

/// <summary>
/// Checks every link of a file: each page is fetched once, however many of its links are in the file. The file is read to its end before anything is fetched,
/// so that a mistake in it costs nothing.
/// </summary>
internal sealed class FileCheck(InvocationConfiguration console, TimeProvider time)
{
    public async Task<int> RunAsync(FileCheckSettings settings, CancellationToken cancellationToken)
    {
        if (WrongNames(settings) is { } wrong)
            return await CommandErrors.UsageAsync(console, wrong);
        try
        {
            return await ReadAndCheckAsync(settings, cancellationToken);
        }
        catch (UnreadableFileException e)
        {
            await console.Error.WriteLineAsync(e.Message);
            await console.Error.WriteLineAsync("Nothing was checked.");
            return e.ExitCode;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await console.Error.WriteLineAsync("Interrupted while the file was read: 0 links were checked.");
            return ExitCodes.Interrupted;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await console.Error.WriteLineAsync($"The results cannot be written: {e.Message}");
            return ExitCodes.CannotCreate;
        }
    }

    private static string? WrongNames(FileCheckSettings settings) => settings switch
    {
        { File.Exists: false } => $"There is no file '{settings.File.FullName}'.",
        { Output: { } output } when ResultFormats.WrongEnding(output) is { } wrong => wrong,
        { Baseline: { Exists: false } missing } => $"There is no file '{missing.FullName}'.",
        { Resume: true, Output: null } => "--resume goes on in the file that --output names. Give both.",
        { Baseline: { } earlier, Output: { } output } when earlier.FullName == output.FullName =>
            "--baseline and --output name the same file, which would be lost. Give another name for the new results.",
        { Output: { } output } when output.FullName == settings.File.FullName =>
            "--file and --output name the same file, which would be lost. Give another name for the results.",
        _ => null,
    };

    private async Task<int> ReadAndCheckAsync(FileCheckSettings settings, CancellationToken cancellationToken)
    {
        var errors = new ErrorList();
        var skipped = 0;
        using var file = FileRows.Read(settings, Say, bad => TakeBad(bad, settings, errors, ref skipped), cancellationToken);
        using var earlier = settings.Baseline is { } baseline ? EarlierResults.Read(baseline, errors.Add, cancellationToken) : EarlierResults.None;
        if (errors.Count > 0)
            return await CommandErrors.UsageAsync(console, errors.Lines().Append(Unchecked(settings, errors)));
        if (skipped > 0)
            Say(string.Create(CultureInfo.InvariantCulture, $"{skipped:N0} {(skipped == 1 ? "row was" : "rows were")} skipped."));
        if (file.OwnPages > 0)
            Say(string.Create(CultureInfo.InvariantCulture, $"{file.OwnPages:N0} pages of the target's own site were left out."));
        if (file.Rows.Count == 0)
        {
            Say("The file has no row that can be checked.");
            return ExitCodes.BadData;
        }

        return await new FileRun(settings, file, earlier, console, time).RunAsync(cancellationToken);
    }

    private static string Unchecked(FileCheckSettings settings, ErrorList errors) =>
        settings.SkipBad || errors.Count == 0 ? "Nothing was checked." : "Nothing was checked. With --skip-bad such rows are left out.";

    private void TakeBad(BadRow bad, FileCheckSettings settings, ErrorList errors, ref int skipped)
    {
        if (!settings.SkipBad)
        {
            errors.Add(bad.ToString());
            return;
        }

        skipped++;
        Say($"Skipped. {bad}");
    }

    private void Say(string line) => console.Error.WriteLine(line);
}
