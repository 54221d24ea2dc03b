using LinkMonitor.Hosting.Serving;

namespace LinkMonitor.Hosting.Azurite;

/// <summary>Storage on this machine: an Azurite of ours, or one that already ran. Dispose it after everything that uses it.</summary>
internal sealed class AzuriteStorage : IAsyncDisposable
{
    private readonly AzuriteSuccession? _succession;
    private Func<AzuriteProcess>? _start;
    private AzuriteFolder? _folderLock;
    private AzuriteProcess? _process;

    private AzuriteStorage(string connectionString, AzuriteProcess? process, Func<AzuriteProcess>? start, AzuriteFolder? folderLock,
        AzuriteSuccession? succession) =>
        (ConnectionString, _process, _start, _folderLock, _succession) = (connectionString, process, start, folderLock, succession);

    public string ConnectionString { get; }

    /// <summary>False when the Azurite was started by somebody else.</summary>
    public bool IsOurs => _process is not null;

    /// <summary>
    /// It is started again when it ends: ours at once, that of another process in the same folder when that process has ended.
    /// </summary>
    public bool IsKept => IsOurs || _succession is not null;

    /// <summary>Of our Azurite; null for one that is joined.</summary>
    public int? ProcessId => _process?.Id;

    /// <summary>One that runs without us.</summary>
    /// <param name="succession">Takes it over when the process that started it has ended; null when nobody of ours has started it.</param>
    public static AzuriteStorage Joined(string connectionString, AzuriteSuccession? succession = null) =>
        new(connectionString, null, null, null, succession);

    /// <summary>One that we started.</summary>
    /// <param name="start">Starts it again on the same ports.</param>
    /// <param name="folderLock">Let go of with it.</param>
    public static AzuriteStorage Started(
        string connectionString, AzuriteProcess process, Func<AzuriteProcess> start, AzuriteFolder folderLock) =>
        new(connectionString, process, start, folderLock, null);

    /// <summary>
    /// Completes when it is for us to start Azurite again: with the exit code of ours, or with null when the process that had started the
    /// other one has ended. Never for one that nobody of ours has started.
    /// </summary>
    public async Task<int?> EndedAsync(CancellationToken cancellationToken)
    {
        if (_process is not null)
            return await _process.EndedAsync(cancellationToken);
        await (_succession?.WaitAsync(cancellationToken) ?? Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken));
        return null;
    }

    /// <summary>Starts our Azurite again after its end, where it was.</summary>
    /// <exception cref="AzuriteUnavailableException">It did not come up; calling again tries again.</exception>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        if (_process is not null && _start is not null)
        {
            await _process.DisposeAsync();
            _process = _start();
        }
        else
        {
            var succession = _succession ?? throw new InvalidOperationException("Only an Azurite of ours is started again.");
            (_process, _start, _folderLock) = await succession.StartAsync(cancellationToken);
        }

        await _process.ReadyAsync(cancellationToken);
    }

    /// <summary>Says that we are about to stop: nobody joins our Azurite from now on. One that is joined stays as it is.</summary>
    public void Leave()
    {
        if (IsOurs)
            _folderLock?.Leave();
    }

    /// <summary>Takes the place of a process that was killed, or began to stop, when its Azurite was joined.</summary>
    /// <returns>False when its Azurite answers, or it does not end in that time.</returns>
    /// <exception cref="AzuriteUnavailableException">It has ended, and Azurite does not come up.</exception>
    public async Task<bool> TryTakeOverAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        if (IsOurs || _succession is not { IsAnswered: false })
            return false;
        using var late = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            await _succession.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }

        await RestartAsync(cancellationToken);
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        _folderLock?.Dispose();
        _succession?.Dispose();
    }
}

/// <summary>
/// What takes the place of the process that started the Azurite of a folder: when that has let go of the folder, it is locked here and
/// Azurite started again, on the same ports and with what it saved.
/// </summary>
internal sealed class AzuriteSuccession(AzuriteOptions options, AzuritePorts ports, TimeProvider time, TextWriter console) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly AzuriteFolder _folder = new(options, time);
    private bool _isOurs;

    /// <summary>All three services of the other process's Azurite listen.</summary>
    public bool IsAnswered => PortCheck.IsTaken(ports.Blob) && PortCheck.IsTaken(ports.Queue) && PortCheck.IsTaken(ports.Table);

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
        AzuriteFolder Folder)> StartAsync(CancellationToken cancellationToken)
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

/// <summary>
/// Starts our Azurite again when it ends, five times in ten minutes at most, and that of another process in the same folder when that
/// process has ended. What it saved is there; queues and tables that it did not get to save are made again. When it does not come up any
/// more, the process ends with one sentence: nothing works without storage.
/// </summary>
internal sealed partial class AzuriteWatch(
    AzuriteStorage storage, IServiceProvider services, IHostApplicationLifetime lifetime, TimeProvider time,
    ILogger<AzuriteWatch> logger) : BackgroundService
{
    public const int MaxRestarts = 5;

    /// <summary>The time in which they are counted.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly Queue<DateTimeOffset> _restarts = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var leaving = lifetime.ApplicationStopping.Register(storage.Leave);
        while (true)
        {
            var code = await storage.EndedAsync(stoppingToken);
            if (await TryRestartAsync(stoppingToken) is { } problem)
            {
                Log.GivenUp(logger, problem);
                lifetime.StopApplication();
                return;
            }

            if (code is { } ended)
                Log.Restarted(logger, ended);
            else
                Log.TakenOver(logger);
        }
    }

    /// <returns>Null when it runs again; otherwise why it does not.</returns>
    private async Task<string?> TryRestartAsync(CancellationToken stoppingToken)
    {
        var problem = $"it ended {MaxRestarts} times in {Window.TotalMinutes} minutes";
        while (TryCount() is { } pause)
        {
            await Task.Delay(pause, time, stoppingToken);
            try
            {
                await storage.RestartAsync(stoppingToken);
                if (await StorageStart.PrepareAsync(services, stoppingToken) is not { } notReady)
                    return null;
                problem = notReady;
            }
            catch (AzuriteUnavailableException failed)
            {
                problem = failed.Message;
            }
        }

        return problem;
    }

    /// <returns>How long to wait before the next start; null when there were too many.</returns>
    private TimeSpan? TryCount()
    {
        while (_restarts.TryPeek(out var oldest) && time.GetUtcNow() - oldest > Window)
            _restarts.Dequeue();
        if (_restarts.Count == MaxRestarts)
            return null;
        var pause = _restarts.Count == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Pow(2, _restarts.Count - 1));
        _restarts.Enqueue(time.GetUtcNow());
        return pause;
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "Azurite had ended (exit code {Code}) and was started again, with what it had saved; work that it cut off is "
                + "repeated.")]
        public static partial void Restarted(ILogger logger, int code);

        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "The LinkMonitor that had started Azurite has ended, and Azurite with it. This one has started it again, with what "
                + "it had saved, and keeps it from now on.")]
        public static partial void TakenOver(ILogger logger);

        [LoggerMessage(
            Level = LogLevel.Critical,
            Message = "Azurite has ended and does not come up again: {Problem}. LinkMonitor stops. See azurite.log in the data folder.")]
        public static partial void GivenUp(ILogger logger, string problem);
    }
}
