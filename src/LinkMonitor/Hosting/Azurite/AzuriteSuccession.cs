namespace LinkMonitor.Hosting.Azurite;

/// <summary>
/// What takes the place of the process that started the Azurite of a folder: when that has let go of the folder, it is locked here and
/// Azurite started again, on the same ports and with what it saved.
/// </summary>
internal sealed class AzuriteSuccession(AzuriteOptions options, AzuritePorts ports, TimeProvider time, TextWriter console) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly AzuriteFolder _folder = new(options, time);
    private bool _isOurs;

    /// <summary>Completes when the other process is gone, and the folder ours.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        while (!_folder.TryTake())
            await Task.Delay(Pause, time, cancellationToken);
        _isOurs = true;
    }

    /// <summary>Starts Azurite, without waiting for it to be ready.</summary>
    /// <returns>Azurite, what starts it again, and the folder, which is to be let go of with it.</returns>
    /// <exception cref="AzuriteUnavailableException">It cannot be started, or its ports are taken.</exception>
    public async Task<(AzuriteProcess Process, Func<AzuriteProcess> Again,
        IDisposable Folder)> StartAsync(CancellationToken cancellationToken)
    {
        if (!_isOurs)
            throw new InvalidOperationException("Another process has the folder.");
        await _folder.EndedAsync(cancellationToken);
        if (!ports.AreFree())
            throw AzuriteUnavailableException.NotStarted($"Something else listens on one of its ports ({ports}).");
        var script = await new AzuriteInstallation(options, time, console).ScriptAsync(cancellationToken);
        return (_folder.StartOn(script, ports), () => _folder.StartOn(script, ports), _folder);
    }

    public void Dispose() => _folder.Dispose();
}
