using System.CommandLine;
using System.Globalization;
using LinkMonitor.About;
using LinkMonitor.CommandLine.Conventions;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Hosting.Account;
using LinkMonitor.Hosting.Azurite;
using LinkMonitor.Hosting.Installations;
using LinkMonitor.Hosting.Serving;
using LinkMonitor.Storage.Archives;
using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Connecting;

namespace LinkMonitor.CommandLine;

/// <summary>
/// <c>linkmonitor export --all FILE</c> and <c>linkmonitor import --all FILE</c>: everything that the storage of this installation holds,
/// as one file.
/// </summary>
internal static class ArchiveCommand
{
    /// <summary>For the command <c>export</c>.</summary>
    public static Option<FileInfo?> ExportOption() => new("--all")
    {
        Description = "Write everything that the storage of this installation holds to this file, as an archive for a back-up or a move. "
            + "Stop the service first.",
        HelpName = "FILE",
    };

    public static Task<int> ExportAsync(
        FileInfo file, TimeProvider time, InvocationConfiguration console, CancellationToken cancellationToken) =>
        RunAsync(file, console, (storage, output, token) =>
            new ArchiveExport(file, time, output).RunAsync(storage, token), cancellationToken);

    /// <summary>For the command <c>import</c>.</summary>
    public static Option<FileInfo?> ImportOption() => new("--all")
    {
        Description = "Write an archive of `export --all` into the storage of this installation, which must be empty.",
        HelpName = "FILE",
    };

    public static Task<int> ImportAsync(
        FileInfo file, TimeProvider time, InvocationConfiguration console, CancellationToken cancellationToken) =>
        RunAsync(file, console, (storage, output, token) =>
            new ArchiveImport(file, time, output).RunAsync(storage, token), cancellationToken);

    private static async Task<int> RunAsync(
        FileInfo file, InvocationConfiguration console, Func<OwnStorage, InvocationConfiguration, CancellationToken, Task<int>> work,
            CancellationToken cancellationToken)
    {
        try
        {
            var configuration = Server.CreateBuilder(new ServerSettings()).Configuration;

            // A misspelt name of the storage would be a copy of another storage, or into it.
            if (await StartCheck.FailuresAsync(configuration) is [_, ..] failures)
            {
                foreach (var line in failures.Prepend("The configuration is not valid:"))
                    await console.Error.WriteLineAsync(line);
                return ExitCodes.Unavailable;
            }

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
            return ExitCodes.BadData;
        }

        await using (stream)
        {
            var progress = new ArchiveProgress(console.Error, time);
            return await TellAsync(
                await StorageArchive.Open(storage.Options).ImportAsync(stream, time.GetUtcNow(), progress.Say, cancellationToken));
        }
    }

    private async Task<int> TellAsync(ImportResult result)
    {
        switch (result)
        {
            case ImportResult.Done done:
                await console.Output.WriteLineAsync($"Imported: {ArchiveText.Rows(done.Rows)}. Start LinkMonitor; it has the "
                    + "keys and addresses of the archive.");
                return ExitCodes.AsExpected;
            case ImportResult.NotEmpty holding:
                await console.Error.WriteLineAsync(
                    $"The storage is not empty: the table {holding.Table} has rows. Nothing was written. Import into a new storage, before "
                        + $"the service starts with it.");
                return ExitCodes.CannotCreate;
            default:
                await console.Error.WriteLineAsync(
                    "An import of another archive into this storage did not finish. Nothing was written. Import that archive again, or "
                        + "use an empty storage.");
                return ExitCodes.CannotCreate;
        }
    }
}

/// <summary>
/// The storage of this installation: the one that is set, or else the Azurite of the data folder, which is started when it does not run.
/// </summary>
internal sealed class OwnStorage(StorageOptions options, AzuriteStorage? azurite) : IAsyncDisposable
{
    public StorageOptions Options { get; } = options;

    /// <summary>Null when the storage is set.</summary>
    public AzuriteStorage? Azurite { get; } = azurite;

    /// <param name="adopt">The user says that the Azurite on the usual ports is this installation's.</param>
    /// <param name="output">Told what is started or joined.</param>
    /// <exception cref="AzuriteUnavailableException">There is none to be had.</exception>
    /// <exception cref="InvalidStorageOptionsException">A setting cannot be used.</exception>
    public static async Task<OwnStorage> OpenAsync(
        IConfiguration configuration, bool adopt, TextWriter output, CancellationToken cancellationToken)
    {
        if (StorageAccount.From(configuration) is { } account)
            return new OwnStorage(account.ToOptions(), null);
        var local = LocalOptions.From(configuration);
        var options =
            new AzuriteOptions { DataFolder = local.FullFolder, UsualPorts = AzuritePorts.Parse(local.UsualPorts), Adopt = adopt };
        var azurite = await new AzuriteLauncher(options, TimeProvider.System, output).StartAsync(cancellationToken);
        return new OwnStorage(new StorageOptions { ConnectionString = azurite.ConnectionString }, azurite);
    }

    public ValueTask DisposeAsync() => Azurite?.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>Writes an archive.</summary>
internal sealed class ArchiveExport(FileInfo file, TimeProvider time, InvocationConfiguration console)
{
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(OwnStorage storage, CancellationToken cancellationToken)
    {
        if (storage.Azurite is { IsOurs: false })
            await console.Error.WriteLineAsync(
                "LinkMonitor seems to be running: what it writes meanwhile may be missing from the archive. For a consistent archive, "
                    + "stop it first.");
        try
        {
            IReadOnlyDictionary<string, long> rows = new Dictionary<string, long>();
            await WholeFile.WriteAsync(
                file, overwrites: false, isSecret: true, async stream => rows = await WriteAsync(stream, storage, cancellationToken));
            await console.Output.WriteLineAsync(
                $"{ArchiveText.Rows(rows)} written to {file.FullName}. It contains the secrets of channels: protect it as you protect "
                    + "keys.");
            return ExitCodes.AsExpected;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            await console.Error.WriteLineAsync($"The archive cannot be written: {failure.Message}");
            return ExitCodes.CannotCreate;
        }
    }

    private async Task<IReadOnlyDictionary<string, long>> WriteAsync(
        Stream stream, OwnStorage storage, CancellationToken cancellationToken)
    {
        var progress = new ArchiveProgress(console.Error, time);
        return await StorageArchive.Open(storage.Options).ExportAsync(
            stream, Product.Version, time.GetUtcNow(), progress.Say, cancellationToken);
    }
}

/// <summary>Says every five seconds how many rows are done.</summary>
internal sealed class ArchiveProgress(TextWriter output, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private long _last = time.GetTimestamp();

    public void Say(long rows)
    {
        if (time.GetElapsedTime(_last) < Pause)
            return;
        _last = time.GetTimestamp();
        output.WriteLine($"{CountText.Of(rows, "row")} so far");
    }
}

/// <summary>What is said of archives.</summary>
internal static class ArchiveText
{
    /// <summary>For example <c>1,234 rows (Keys 2, Links 1,232)</c>.</summary>
    public static string Rows(IReadOnlyDictionary<string, long> rows)
    {
        var each = string.Join(", ", rows.Select(table => $"{table.Key} {table.Value.ToString("N0", CultureInfo.InvariantCulture)}"));
        return $"{CountText.Of(rows.Values.Sum(), "row")}{(rows.Count == 0 ? string.Empty : $" ({each})")}";
    }
}
