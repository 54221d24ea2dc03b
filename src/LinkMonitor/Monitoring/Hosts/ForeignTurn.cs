using LinkMonitor.Engine.Fetching;
using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Hosts;

namespace LinkMonitor.Monitoring.Hosts;

/// <summary>A turn at a host for one request, taken in storage.</summary>
internal sealed partial class ForeignTurn(
    IHostStore hosts, HostState taken, TimeSpan ordinaryPause, TimeProvider time, ILogger logger) : ISharedTurn
{
    /// <summary>Giving a turn back must not take longer than the turn would last.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Gives the turn back. When storage fails, it ends by itself, so nothing is thrown.</summary>
    public async Task EndAsync(TimeSpan pause)
    {
        // A cancelled check gives its turn back, too.
        using var limit = new CancellationTokenSource(Patience, time);
        try
        {
            if (taken.Run is null && pause <= ordinaryPause)
                await hosts.RemoveAsync(taken, limit.Token);
            else
                await hosts.TrySaveAsync(taken with { Turn = null, FreeAt = time.GetUtcNow() + pause }, limit.Token);
        }
        catch (Exception e) when (e is StorageFailureException or OperationCanceledException)
        {
            Log.NotGivenBack(logger, taken.Host, taken.FreeAt, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The turn at {Host} could not be given back; it ends by itself at {FreeAt}.")]
        public static partial void NotGivenBack(ILogger logger, string host, DateTimeOffset freeAt, Exception exception);
    }
}
