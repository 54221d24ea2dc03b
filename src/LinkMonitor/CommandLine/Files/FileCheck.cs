using System.CommandLine;
using LinkMonitor.CommandLine.Results;
using LinkMonitor.CommandLine.Rows;

namespace LinkMonitor.CommandLine.Files;

/// <summary>
/// Checks every link of a file: each page is fetched once, however many of its links are in the file. The file is read to its end before
/// anything is fetched, so that a mistake in it costs nothing.
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
        { Source.File.Exists: false } => $"There is no file '{settings.Source.File.FullName}'.",
        { Output: { } output } when ResultFormats.WrongEnding(output) is { } wrong => wrong,
        { Baseline: { Exists: false } missing } => $"There is no file '{missing.FullName}'.",
        { Resume: true, Output: null } => "--resume goes on in the file that --output names. Give both.",
        { Baseline: { } earlier, Output: { } output } when earlier.FullName == output.FullName =>
            "--baseline and --output name the same file, which would be lost. Give another name for the new results.",
        { Output: { } output } when output.FullName == settings.Source.File.FullName =>
            "--file and --output name the same file, which would be lost. Give another name for the results.",
        _ => null,
    };

    private async Task<int> ReadAndCheckAsync(FileCheckSettings settings, CancellationToken cancellationToken)
    {
        var earlier = EarlierResults.None;
        var (file, exitCode) = await FileRows.ReadCheckedAsync(settings.Source, "checked", ReadEarlier, console, cancellationToken);
        if (file is null)
            return exitCode;
        using (file)
        using (earlier)
            return await new FileRun(settings, file, earlier, console, time).RunAsync(cancellationToken);

        void Skip(string bad) => console.Error.WriteLine($"Skipped. {bad} Its link is compared with nothing.");

        void ReadEarlier(ErrorList errors)
        {
            if (settings.Baseline is { } baseline)
                earlier = EarlierResults.Read(baseline, settings.Source.SkipBad ? Skip : errors.Add, cancellationToken);
        }
    }
}
