using LinkMonitor.Engine.Clocks;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Alerts.Sending;

/// <summary>
/// Gives each of many projects its turn: several at a time, each within its own time, all within the run's. What goes wrong in a turn is
/// listed under failures until a later turn goes well.
/// </summary>
internal sealed partial class SweepTurns(ISetAside aside, TimeProvider time, ILogger<SweepTurns> logger)
{
    /// <summary>The time of one turn: a few storage calls, with their retries.</summary>
    internal static readonly TimeSpan TurnTime = TimeSpan.FromSeconds(20);

    /// <summary>So many hanging turns hold up the others by no more than two of them.</summary>
    internal const int TurnsAtATime = 32;

    private const string Area = "SweepAlerts";
    private const string Advice =
        "It is retried at the next sweep, in five minutes. If it stays, check the log and the project's rows.";

    /// <param name="list">Names the list that the projects come from.</param>
    /// <param name="keyOf">Names one turn among those of its list.</param>
    public Task RunAsync<T>(
        string list,
        RunBudget budget,
        Func<CancellationToken, IAsyncEnumerable<T>> read,
        Func<T, string> keyOf,
        Func<T, CancellationToken, Task> turn,
        CancellationToken cancellationToken) => WatchAsync(
            list,
            budget.Left,
            stop => Parallel.ForEachAsync(
                read(stop),
                new ParallelOptions { MaxDegreeOfParallelism = TurnsAtATime, CancellationToken = stop },
                async (one, turnStop) => await WatchAsync($"{list}: {keyOf(one)}", TurnTime, token => turn(one, token), turnStop)),
            cancellationToken);

    /// <summary>One piece of work that is no project's.</summary>
    public Task RunOneAsync(string name, Func<CancellationToken, Task> work, CancellationToken cancellationToken) =>
        WatchAsync(name, TurnTime, work, cancellationToken);

    private async Task WatchAsync(string name, TimeSpan most, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        var setAside = new SetAsideName(Area, "", name);
        var failure = await TryAsync(work) ?? await TryAsync(async stop => await aside.ClearAsync(setAside, stop));

        // The row is listed already, and is what is to be repaired.
        if (failure is null or UnreadableRowException)
            return;
        Log.Failed(logger, name, failure);
        var problem = $"{failure.GetType().Name}: {failure.Message}";
        await aside.NoteAsync(new SetAsideNote { Name = setAside, Problem = problem, Advice = Advice }, cancellationToken);

        Task<Exception?> TryAsync(Func<CancellationToken, Task> part) =>
            Bounded.TryAsync(part, most, time, _ => !cancellationToken.IsCancellationRequested, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The sweep failed at {Turn}; the others continue.")]
        public static partial void Failed(ILogger logger, string turn, Exception exception);
    }
}

/// <summary>The earliest of the times that several workers come back with.</summary>
internal sealed class EarliestTime
{
    private readonly Lock _lock = new();

    /// <summary>Null when nothing is to be done again.</summary>
    public DateTimeOffset? At { get; private set; }

    public void Take(DateTimeOffset? at)
    {
        lock (_lock)
            At = at is null || At < at ? At : at;
    }
}
