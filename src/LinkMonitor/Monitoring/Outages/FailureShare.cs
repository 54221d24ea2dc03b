using Microsoft.Extensions.Options;

namespace LinkMonitor.Monitoring.Outages;

/// <summary>
/// The share of hosts that this process could not reach in the last while. Only hosts that could be reached at their last check before count as
/// failing: a project full of dead sites is no outage of ours. A note costs the same however many hosts there are.
/// </summary>
public sealed class FailureShare(IOptions<OutageOptions> options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Outcome> _byHost = new(StringComparer.Ordinal);

    // Every note, the oldest first; one that its host has outlived by a newer note is skipped when its time comes.
    private readonly Queue<(string Host, DateTimeOffset At)> _notes = new();
    private int _failing;

    /// <summary>Notes a host's latest outcome.</summary>
    /// <returns>Whether so many fail now that the fault must be ours.</returns>
    public bool Note(string host, bool isFailing)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            Forget(host);
            _byHost[host] = new Outcome(isFailing, now);
            _failing += isFailing ? 1 : 0;
            _notes.Enqueue((host, now));
            while (_notes.TryPeek(out var oldest) && now - oldest.At > options.Value.Window)
            {
                _notes.Dequeue();
                if (_byHost.TryGetValue(oldest.Host, out var outcome) && outcome.At == oldest.At)
                    Forget(oldest.Host);
            }

            return _byHost.Count >= options.Value.MinHosts && _failing >= options.Value.FailureShare * _byHost.Count;
        }
    }

    private void Forget(string host)
    {
        if (_byHost.Remove(host, out var outcome) && outcome.IsFailing)
            _failing--;
    }

    private readonly record struct Outcome(bool IsFailing, DateTimeOffset At);
}
