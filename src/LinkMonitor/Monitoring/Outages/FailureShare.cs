using Microsoft.Extensions.Options;

namespace LinkMonitor.Monitoring.Outages;

/// <summary>
/// The share of hosts that this process could not reach in the last while. Only hosts that could be reached at their last check before count as
/// failing: a project full of dead sites is no outage of ours.
/// </summary>
public sealed class FailureShare(IOptions<OutageOptions> options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Outcome> _byHost = new(StringComparer.Ordinal);

    /// <summary>Notes a host's latest outcome.</summary>
    /// <returns>Whether so many fail now that the fault must be ours.</returns>
    public bool Note(string host, bool isFailing)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            _byHost[host] = new Outcome(isFailing, now);
            foreach (var (old, _) in _byHost.Where(entry => now - entry.Value.At > options.Value.Window).ToList())
                _byHost.Remove(old);
            var failing = _byHost.Values.Count(outcome => outcome.IsFailing);
            return _byHost.Count >= options.Value.MinHosts && failing >= options.Value.FailureShare * _byHost.Count;
        }
    }

    private readonly record struct Outcome(bool IsFailing, DateTimeOffset At);
}
