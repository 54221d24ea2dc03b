using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Watching;

namespace LinkMonitor.Alerts.Telling;

/// <summary>What one sweep sees over all projects, for the watchdog.</summary>
/// <param name="begun">When the sweep began.</param>
internal sealed class SweepTally(DateTimeOffset begun)
{
    private readonly Lock _lock = new();
    private DateTimeOffset? _oldest;

    /// <summary>Takes the places in a project's outbox, the oldest first.</summary>
    /// <returns>Whether there are any.</returns>
    public bool Note(IReadOnlyList<string> outboxKeys)
    {
        if (outboxKeys.Count == 0)
            return false;
        lock (_lock)
        {
            if (OutboxTime.Of(outboxKeys[0]) is { } at && !(at >= _oldest))
                _oldest = at;
        }

        return true;
    }

    public SweepReport ToReport() => new(begun, _oldest);
}
