using System.Globalization;

namespace LinkMonitor.Hosting.Azurite;

/// <summary>
/// The data of our Azurite, which one process at a time may serve: two would overwrite each other's. The system lets go of the lock when
/// the process ends, however it ends.
/// </summary>
internal sealed class AzuriteFolder(AzuriteOptions options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>How long the Azurite of a process that was killed may take to save and end.</summary>
    private static readonly TimeSpan EndTime = AzuriteScript.SaveTime + TimeSpan.FromSeconds(20);

    private FileStream? _lock;

    public string Location => Path.Combine(options.DataFolder, "azurite");

    /// <summary>Whether no Azurite has kept anything here yet.</summary>
    public bool IsEmpty => !Directory.Exists(Location);

    private string TraceFile => Path.Combine(options.DataFolder, "azurite.pid");

    // There from the moment on which whoever runs Azurite here begins to stop, until it is started again.
    private string EndingFile => Path.Combine(options.DataFolder, "azurite.ending");

    private string PortsFile => Path.Combine(options.DataFolder, "azurite.ports");

    /// <summary>
    /// Takes the lock; while another process has it, joins that one's Azurite as soon as it runs. One that is ending is not joined: its end
    /// is waited for.
    /// </summary>
    /// <param name="tryJoin">Gives a storage for ports where our Azurite answers.</param>
    /// <returns>The joined storage; without one the lock is ours.</returns>
    /// <exception cref="AzuriteUnavailableException">
    /// The other one has no Azurite that answers in <see cref="AzuriteOptions.OwnerTime"/>, or one that does not end.
    /// </exception>
    public async Task<(AzuriteStorage? Joined, bool IsLocked)> LockAsync(
        Func<AzuritePorts, Task<AzuriteStorage?>> tryJoin, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            if (TryLock() is not { } taken)
                return (null, true);
            if (!File.Exists(EndingFile) && ReadPorts() is { } ports && await tryJoin(ports) is { } joined)
                return (joined, false);
            if (time.GetElapsedTime(began) >= (File.Exists(EndingFile) ? EndTime : options.OwnerTime))
            {
                throw AzuriteUnavailableException.NotOurs(
                    $"Another LinkMonitor uses {options.DataFolder}, and its Azurite does not answer. Stop it, or start this one in "
                        + $"another directory.", taken);
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    /// <summary>Says to whoever starts meanwhile that this Azurite is about to end.</summary>
    public void Leave() => File.WriteAllText(EndingFile, Text(Environment.ProcessId));

    /// <summary>Takes the lock if nobody has it.</summary>
    public bool TryTake() => TryLock() is null;

    /// <summary>Starts Azurite on the ports it had last, or on others when those are taken.</summary>
    /// <exception cref="AzuriteUnavailableException">It did not come up.</exception>
    public async Task<(AzuriteProcess Process, AzuritePorts Ports)> StartAsync(string script, CancellationToken cancellationToken)
    {
        await EndedAsync(cancellationToken);
        var wanted = ReadPorts() is { } last && last.AreFree() ? last : AzuritePorts.Any;
        var process = StartOn(script, wanted, isFirst: true);
        try
        {
            var ports = await process.ReadyAsync(cancellationToken);
            await File.WriteAllTextAsync(PortsFile, ports.ToString(), cancellationToken);
            return (process, ports);
        }
        catch (AzuriteUnavailableException) when (wanted != AzuritePorts.Any && !wanted.AreFree())
        {
            // Somebody took one of them in between.
            await process.DisposeAsync();
            File.Delete(PortsFile);
            return await StartAsync(script, cancellationToken);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until the Azurite of a process before us has saved and ended.</summary>
    /// <exception cref="AzuriteUnavailableException">It does not end.</exception>
    public async Task EndedAsync(CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (AzuriteTrace.IsRunning(TraceFile))
        {
            if (time.GetElapsedTime(began) >= EndTime)
                throw AzuriteUnavailableException.NotStarted($"An Azurite that was started here earlier is still running. Stop the "
                    + "process that "
                    + $"{TraceFile} names.");
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    /// <summary>Starts Azurite on these ports, without waiting for it.</summary>
    public AzuriteProcess StartOn(string script, AzuritePorts ports) => StartOn(script, ports, isFirst: false);

    public void Dispose() => _lock?.Dispose();

    private AzuriteProcess StartOn(string script, AzuritePorts ports, bool isFirst)
    {
        File.Delete(EndingFile);
        var process = NodeProcess.Start(options.NodeProgram, options.DataFolder,
        [
            "--require", AzuriteScript.Write(options.DataFolder), script,
            "--location", Location, "--silent", "--disableTelemetry",
            "--blobPort", Text(ports.Blob), "--queuePort", Text(ports.Queue), "--tablePort", Text(ports.Table),
        ]);
        AzuriteTrace.Write(TraceFile, process);
        return new AzuriteProcess(process, new AzuriteLog(Path.Combine(options.DataFolder, "azurite.log"), isFirst), time);
    }

    /// <returns>Null when the lock is ours; otherwise why it is not.</returns>
    private IOException? TryLock()
    {
        var taken = TryLock(Path.Combine(options.DataFolder, "azurite.lock"), out var opened);
        _lock = opened ?? _lock;
        return taken;
    }

    /// <summary>Opens a file that one process at a time has.</summary>
    /// <returns>Null when it is ours; otherwise why it is not.</returns>
    internal static IOException? TryLock(string file, out FileStream? opened)
    {
        opened = null;
        try
        {
            opened = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return null;
        }
        catch (IOException taken)
        {
            return taken;
        }
    }

    private AzuritePorts? ReadPorts()
    {
        try
        {
            return AzuritePorts.Parse(File.ReadAllText(PortsFile));
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
