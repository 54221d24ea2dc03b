namespace LinkMonitor.Hosting.Azurite;

/// <summary>Storage on this machine: an Azurite of ours, or one that already ran. Dispose it after everything that uses it.</summary>
internal sealed class AzuriteStorage : IAsyncDisposable
{
    private readonly Func<AzuriteProcess>? _start;
    private readonly IDisposable? _folderLock;
    private AzuriteProcess? _process;

    private AzuriteStorage(string connectionString, AzuriteProcess? process, Func<AzuriteProcess>? start, IDisposable? folderLock) =>
        (ConnectionString, _process, _start, _folderLock) = (connectionString, process, start, folderLock);

    public string ConnectionString { get; }

    /// <summary>False when the Azurite was started by somebody else.</summary>
    public bool IsOurs => _process is not null;

    /// <summary>Of our Azurite; null for one that is joined.</summary>
    public int? ProcessId => _process?.Id;

    /// <summary>One that runs without us.</summary>
    public static AzuriteStorage Joined(string connectionString) => new(connectionString, null, null, null);

    /// <summary>One that we started.</summary>
    /// <param name="start">Starts it again on the same ports.</param>
    /// <param name="folderLock">Let go of with it.</param>
    public static AzuriteStorage Started(string connectionString, AzuriteProcess process, Func<AzuriteProcess> start, IDisposable folderLock) =>
        new(connectionString, process, start, folderLock);

    /// <summary>Completes with the exit code when our Azurite ends; never for one that is joined.</summary>
    public async Task<int> EndedAsync(CancellationToken cancellationToken)
    {
        if (_process is not null)
            return await _process.EndedAsync(cancellationToken);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        return 0;
    }

    /// <summary>Starts our Azurite again after its end, where it was.</summary>
    /// <exception cref="AzuriteUnavailableException">It did not come up; calling again tries again.</exception>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        if (_process is null || _start is null)
            throw new InvalidOperationException("Only an Azurite of ours is started again.");
        await _process.DisposeAsync();
        _process = _start();
        await _process.ReadyAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        _folderLock?.Dispose();
    }
}
