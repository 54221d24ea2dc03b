using System.CommandLine;
using LinkMonitor.Hosting.Azurite;
using LinkMonitor.Hosting.Serving;
using LinkMonitor.Storage.Archives;
using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Connecting;

namespace LinkMonitor.CommandLine;

/// <summary><c>linkmonitor export --all FILE</c> and <c>linkmonitor import --all FILE</c>: everything that the storage of this installation holds, as one file.</summary>
internal static class ArchiveCommand
{
    public static Command BuildExport(TimeProvider time)
    {
        var all = new Option<FileInfo>("--all") { Description = "Write everything that the storage holds to this file. Stop the service first.", HelpName = "FILE", Required = true };
        var command = new Command("export", "Write everything to an archive, for a back-up or a move.") { all };
        command.SetAction((parsed, stop) => RunAsync(
            parsed.GetRequiredValue(all), parsed.InvocationConfiguration, (storage, console, token) =>
                new ArchiveExport(parsed.GetRequiredValue(all), time, console).RunAsync(storage, token), stop));
        return command;
    }

    /// <summary>For the command <c>import</c>.</summary>
    public static Option<FileInfo?> AllOption() => new("--all")
    {
        Description = "Write an archive of `export --all` into the storage of this installation, which must be empty.",
        HelpName = "FILE",
    };

    public static Task<int> ImportAsync(FileInfo file, TimeProvider time, InvocationConfiguration console, CancellationToken cancellationToken) =>
        RunAsync(file, console, (storage, output, token) =>
            new ArchiveImport(file, time, output).RunAsync(storage, token), cancellationToken);

    private static async Task<int> RunAsync(
        FileInfo file, InvocationConfiguration console, Func<OwnStorage, InvocationConfiguration, CancellationToken, Task<int>> work,
            CancellationToken cancellationToken)
    {
        try
        {
            var configuration = Server.CreateBuilder(new ServerSettings()).Configuration;
            await using var storage = await OwnStorage.OpenAsync(configuration, adopt: false, console.Output, cancellationToken);
            return await work(storage, console, cancellationToken);
        }
        catch (InvalidArchiveException damaged)
        {
            await console.Error.WriteLineAsync($"'{file.Name}' cannot be imported, and nothing was written. {damaged.Message}");
            return ExitCodes.BadData;
        }
        catch (Exception failure) when (failure is AzuriteUnavailableException or InvalidStorageOptionsException or StorageFailureException)
        {
            await console.Error.WriteLineAsync(failure.Message);
            return ExitCodes.Unavailable;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await console.Error.WriteLineAsync("Interrupted.");
            return ExitCodes.Interrupted;
        }
    }
}
