using System.CommandLine;
using LinkMonitor.Storage.Archives;

namespace LinkMonitor.CommandLine;

/// <summary>Writes an archive into an empty storage.</summary>
internal sealed class ArchiveImport(FileInfo file, TimeProvider time, InvocationConfiguration console)
{
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(OwnStorage storage, CancellationToken cancellationToken)
    {
        FileStream stream;
        try
        {
            stream = file.OpenRead();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            await console.Error.WriteLineAsync($"The archive cannot be read: {failure.Message}");
            return ExitCodes.WrongUsage;
        }

        await using (stream)
        {
            var progress = new ArchiveProgress(console.Error, time);
            return await TellAsync(await StorageArchive.Open(storage.Options).ImportAsync(stream, time.GetUtcNow(), progress.Say, cancellationToken));
        }
    }

    private async Task<int> TellAsync(ImportResult result)
    {
        switch (result)
        {
            case ImportResult.Done done:
                await console.Output.WriteLineAsync($"In the storage: {ArchiveText.Rows(done.Rows)}. Start LinkMonitor; its keys and "
                    + "addresses are those of the archive.");
                return ExitCodes.AsExpected;
            case ImportResult.NotEmpty holding:
                await console.Error.WriteLineAsync(
                    $"The storage is not empty: the table {holding.Table} has rows. Nothing was written. Import into a new storage, and before the service starts there.");
                return ExitCodes.CannotCreate;
            default:
                await console.Error.WriteLineAsync(
                    "The import of another archive began in this storage and did not end. Nothing was written. Import that one again, or take an empty storage.");
                return ExitCodes.CannotCreate;
        }
    }
}
