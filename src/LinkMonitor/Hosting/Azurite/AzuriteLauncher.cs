using System.Globalization;
using LinkMonitor.Hosting.Installations;
using LinkMonitor.Storage.Installations;

namespace LinkMonitor.Hosting.Azurite;

/// <summary>
/// Gives <c>linkmonitor serve</c> storage on this machine when no storage is set, and says on the console what it does. An Azurite that
/// runs already is used only when it bears this installation's mark.
/// </summary>
internal sealed class AzuriteLauncher(AzuriteOptions options, TimeProvider time, TextWriter console)
{
    private readonly InstallationFile _file = new(options.DataFolder, time);

    /// <summary>Joins our Azurite where one runs, and otherwise starts it on ports of its own, with its data in the data folder.</summary>
    /// <exception cref="AzuriteUnavailableException">
    /// There is no storage to be had; the message tells the user why and what to do.
    /// </exception>
    public async Task<AzuriteStorage> StartAsync(CancellationToken cancellationToken)
    {
        var installation = Open();
        if (options.Adopt)
            return await AdoptAsync(installation, cancellationToken);
        if (installation.Adopted is { } text && AzuritePorts.Parse(text) is { } adopted)
        {
            return await TryJoinAsync(adopted, installation, cancellationToken) ?? throw AzuriteUnavailableException.NotOurs(
                $"The storage of this installation is the Azurite on port {Text(adopted.Table)}, taken over with --adopt, and it does "
                    + "not answer "
                    + $"or now belongs to another installation. Start it, or delete {_file.Path} to start with an empty storage.");
        }

        if (options.UsualPorts is { } usual && await TryJoinAsync(usual, installation, cancellationToken) is { } joined)
            return joined;
        var owner = new AzuriteFolder(options, time);
        if (await owner.LockAsync(
            ports => TryJoinAsync(ports, installation, cancellationToken, new AzuriteSuccession(options, ports, time, console)),
                cancellationToken) is { Joined: { } running })
            return running;

        try
        {
            return await LaunchAsync(owner, installation, cancellationToken);
        }
        catch
        {
            owner.Dispose();
            throw;
        }
    }

    private Installation Open()
    {
        try
        {
            return _file.Open();
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            throw AzuriteUnavailableException.NotOurs($"The data folder cannot be written: {unwritable.Message}", unwritable);
        }
    }

    private async Task<AzuriteStorage> AdoptAsync(Installation installation, CancellationToken cancellationToken)
    {
        var ports = options.UsualPorts ?? throw AzuriteUnavailableException.NotOurs(
            "--adopt takes over the Azurite on the usual ports, but LinkMonitor:Local:UsualPorts names none.");
        if (await AzuriteSearch.FindOwnerAsync(ports, installation.Id, cancellationToken) == AzuriteOwner.Nobody)
            throw AzuriteUnavailableException.NotOurs($"--adopt takes over the Azurite on port {Text(ports.Table)}, but none answers "
                + "there.");
        _file.Save(installation with { Adopted = ports.ToString() });
        await InstallationMarkStore.Glance(ports.ConnectionString()).PutAsync(_file.MarkOf(installation), cancellationToken);
        await console.WriteLineAsync($"Storage: the Azurite on port {Text(ports.Table)}, which now belongs to this installation.");
        return AzuriteStorage.Joined(ports.ConnectionString());
    }

    /// <param name="succession">What is done when the process that started it ends; null when it is none of ours.</param>
    private async Task<AzuriteStorage?> TryJoinAsync(
        AzuritePorts ports, Installation installation, CancellationToken cancellationToken, AzuriteSuccession? succession = null)
    {
        if (await AzuriteSearch.FindOwnerAsync(ports, installation.Id, cancellationToken) != AzuriteOwner.Ours)
            return null;
        await console.WriteLineAsync(
            $"Storage: the Azurite of this installation that already runs on port {Text(ports.Table)}. "
                + (succession is null
                    ? "It keeps running when this LinkMonitor stops."
                    : "Another LinkMonitor in this folder has started it, and stops it when it ends; this one then starts it again."));
        return AzuriteStorage.Joined(ports.ConnectionString(), succession);
    }

    private async Task<AzuriteStorage> LaunchAsync(AzuriteFolder folder, Installation installation, CancellationToken cancellationToken)
    {
        var isNew = folder.IsEmpty;
        var script = await new AzuriteInstallation(options, time, console).ScriptAsync(cancellationToken);
        var (process, ports) = await folder.StartAsync(script, cancellationToken);
        try
        {
            // The folder is ours alone, so what its Azurite holds is ours, too: without a mark it is of an earlier version.
            await InstallationMarkStore.Of(new() { ConnectionString = ports.ConnectionString() }).PutAsync(
                _file.MarkOf(installation), cancellationToken);
            await console.WriteLineAsync(
                $"Storage: Azurite on ports {Text(ports.Blob)}, {Text(ports.Queue)} and {Text(ports.Table)}, with its data in "
                    + $"{folder.Location}."
                + (isNew ? await HintAsync(installation, cancellationToken) : string.Empty));
            return AzuriteStorage.Started(ports.ConnectionString(), process, () => folder.StartOn(script, ports), folder);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    // An earlier version joined whatever answered there, and left no trace of it here.
    private async Task<string> HintAsync(Installation installation, CancellationToken cancellationToken) =>
        options.UsualPorts is { } usual
            && await AzuriteSearch.FindOwnerAsync(usual, installation.Id, cancellationToken) == AzuriteOwner.Unknown
            ? $" The Azurite on port {Text(usual.Table)} holds data of an earlier LinkMonitor: if that data belongs here, stop and "
                + "start once "
                + $"with --adopt."
            : string.Empty;

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
