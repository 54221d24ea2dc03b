using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Watching;

namespace LinkMonitor.Alerts.Telling;

/// <summary>What one sweep sees over all projects, for the watchdog.</summary>
/// <param name="begun">When the sweep began.</param>
internal sealed class SweepTally(DateTimeOffset begun)
{
    private readonly Lock _lock = new();
    private DateTimeOffset? _oldest;

    /// <summary>Takes the oldest place in a project's outbox, if there is any.</summary>
    /// <returns>Whether there is.</returns>
    public bool Note(string? outboxKey)
    {
        if (outboxKey is null)
            return false;
        lock (_lock)
        {
            if (OutboxTime.Of(outboxKey) is { } at && !(at >= _oldest))
                _oldest = at;
        }

        return true;
    }

    public SweepReport ToReport() => new(begun, _oldest);
}
