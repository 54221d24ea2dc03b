using System.CommandLine;
using LinkMonitor.Api;
using LinkMonitor.Storage.Archives;

namespace LinkMonitor.CommandLine;

/// <summary>Writes an archive. Until it is whole it has another name, so that nobody takes half of one for a back-up.</summary>
internal sealed class ArchiveExport(FileInfo file, TimeProvider time, InvocationConfiguration console)
{
    private string Partial => file.FullName + ".part";

    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(OwnStorage storage, CancellationToken cancellationToken)
    {
        if (storage.Azurite is { IsOurs: false })
            await console.Error.WriteLineAsync("LinkMonitor seems to be running: what it writes meanwhile may be in the archive or not. For one moment's state, stop it first.");
        try
        {
            if (File.Exists(file.FullName))
                throw new IOException($"{file.FullName} is there already.");
            var rows = await WriteAsync(storage, cancellationToken);
            File.Move(Partial, file.FullName);
            await console.Output.WriteLineAsync($"{ArchiveText.Rows(rows)} written to {file.FullName}. It holds the secrets of channels: keep it as you keep keys.");
            return ExitCodes.AsExpected;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            await console.Error.WriteLineAsync($"The archive cannot be written: {failure.Message}");
            return ExitCodes.CannotCreate;
        }
        finally
        {
            if (File.Exists(Partial))
                File.Delete(Partial);
        }
    }

    private async Task<IReadOnlyDictionary<string, long>> WriteAsync(OwnStorage storage, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var stream = new FileStream(Partial, options);
        var progress = new ArchiveProgress(console.Error, time);
        return await StorageArchive.Open(storage.Options).ExportAsync(stream, Product.Version, time.GetUtcNow(), progress.Say, cancellationToken);
    }
}
