using LinkMonitor.Engine.Clocks;

namespace LinkMonitor.Storage.Hosts;

/// <summary>How far ahead the times of a host are ever set; what lies further ahead is from a wrong clock and over (<see cref="StoredTime"/>).</summary>
/// <param name="Turn">The longest turn or pause.</param>
/// <param name="Run">The longest that a run counts as alive.</param>
public sealed record HostLimits(TimeSpan Turn, TimeSpan Run)
{
    /// <summary>Beyond what any settings allow.</summary>
    public static HostLimits Widest { get; } = new(TimeSpan.FromDays(2), TimeSpan.FromDays(3));

    /// <summary>The state as it is to be believed now.</summary>
    internal HostState Mend(HostState state, DateTimeOffset now) => state with
    {
        FreeAt = StoredTime.Due(state.FreeAt, Turn, now),
        RunUntil = state.RunUntil is { } until ? StoredTime.Due(until, Run, now) : null,
    };
}
