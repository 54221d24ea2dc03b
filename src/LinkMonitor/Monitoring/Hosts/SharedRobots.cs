using LinkMonitor.Engine.Robots;
using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Hosts;

namespace LinkMonitor.Monitoring.Hosts;

/// <summary>
/// The robots.txt files that any process has read. Those of a run's host were read with its pages, and are written with the page that is moved on; those of
/// other hosts cost a read, and a write once a day.
/// </summary>
internal sealed partial class SharedRobots(IHostStore hosts, SharedTurns turns, ILogger<SharedRobots> logger) : IRobotsMemory
{
    public async Task<RobotsRecord?> FindAsync(string host, string origin, CancellationToken cancellationToken) =>
        turns.FindOwn(host) is { } own ? own.Robots(origin) : await hosts.GetRobotsAsync(HostKeys.For(host), origin, cancellationToken);

    public async Task KeepAsync(string host, RobotsRecord record, CancellationToken cancellationToken)
    {
        if (turns.FindOwn(host) is { } own)
        {
            own.Learn(record);
            return;
        }

        try
        {
            await hosts.PutRobotsAsync(HostKeys.For(host), record, cancellationToken);
        }
        catch (StorageFailureException e)
        {
            Log.NotKept(logger, record.Origin, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "What the robots.txt of {Origin} says could not be kept; other processes ask for it themselves.")]
        public static partial void NotKept(ILogger logger, string origin, Exception exception);
    }
}
