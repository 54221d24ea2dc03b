using System.Globalization;
using LinkMonitor.Storage.Connecting;

namespace LinkMonitor.Hosting.Azurite;

/// <summary>Gives <c>linkmonitor serve</c> storage on this machine when no storage is set, and says on the console what it does.</summary>
internal sealed class AzuriteLauncher(AzuriteOptions options, TimeProvider time, TextWriter console)
{
    /// <summary>
    /// Shares an Azurite that already answers on the default ports with the development account; otherwise starts one, on the default
    /// ports if they are free and on free ports if not. Installs Azurite first when it is absent.
    /// </summary>
    /// <exception cref="AzuriteUnavailableException">There is no storage to be had; the message tells the user why and what to do.</exception>
    public async Task<AzuriteStorage> StartAsync(CancellationToken cancellationToken)
    {
        if (await AzuriteProbe.AnswersAsync(options.Ports.ConnectionString(), options.Ports.TableEndpoint(), cancellationToken))
        {
            await console.WriteLineAsync(
                $"Storage: the Azurite that already runs on port {options.Ports.Table.ToString(CultureInfo.InvariantCulture)}. It is not stopped with LinkMonitor.");
            return new AzuriteStorage(options.Ports.ConnectionString(), null, null);
        }

        Directory.CreateDirectory(options.DataFolder);
        var folderLock = LockFolder();
        try
        {
            return await LaunchAsync(folderLock, cancellationToken);
        }
        catch
        {
            folderLock.Dispose();
            throw;
        }
    }

    private async Task<AzuriteStorage> LaunchAsync(FileStream folderLock, CancellationToken cancellationToken)
    {
        var script = await new AzuriteInstallation(options, time, console).ScriptAsync(cancellationToken);
        var wanted = options.Ports.AreFree() ? options.Ports : AzuritePorts.Any;
        var process = Start(script, wanted);
        try
        {
            var ports = await process.ReadyAsync(cancellationToken);
            await console.WriteLineAsync(
                $"Storage: Azurite on ports {ports.Blob}, {ports.Queue} and {ports.Table}, with its data in {Location}."
                + (wanted == options.Ports ? "" : " The usual ports are taken."));
            return new AzuriteStorage(ports.ConnectionString(), process, folderLock);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    private string Location => Path.Combine(options.DataFolder, "azurite");

    private AzuriteProcess Start(string script, AzuritePorts ports)
    {
        var process = NodeProcess.Start(options.NodeProgram, options.DataFolder,
        [
            "--require", ParentWatch.Write(options.DataFolder), script,
            "--location", Location, "--silent", "--disableTelemetry",
            "--blobPort", Text(ports.Blob), "--queuePort", Text(ports.Queue), "--tablePort", Text(ports.Table),
        ]);
        return new AzuriteProcess(process, new AzuriteLog(Path.Combine(options.DataFolder, "azurite.log")), time);
    }

    // Two Azurites would overwrite each other's data. The system lets go of the lock when the process ends, however it ends.
    private FileStream LockFolder()
    {
        try
        {
            return new FileStream(Path.Combine(options.DataFolder, "azurite.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken)
        {
            throw new AzuriteUnavailableException(
                $"Another LinkMonitor uses {options.DataFolder}, on ports this one cannot know. Stop it, or start this one in another directory.", taken);
        }
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
