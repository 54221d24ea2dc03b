using LinkMonitor.Storage.Queues;
using LinkMonitor.Storage.Watching;

namespace LinkMonitor.Watchdog;

/// <summary>What waited when it was looked at.</summary>
/// <param name="At">When that was.</param>
/// <param name="OldestDueAt">When the page that is due longest was due; in the future, or null, when none is.</param>
/// <param name="Sweep">The last sweep of alerts; null when there was none yet.</param>
/// <param name="Queues">Every queue.</param>
internal sealed record Backlog(DateTimeOffset At, DateTimeOffset? OldestDueAt, SweepReport? Sweep, IReadOnlyList<QueueBacklog> Queues)
{
    /// <summary>Null when no page is due.</summary>
    public TimeSpan? DueAge => AgeOf(OldestDueAt);

    /// <summary>Null when nothing waited in the last sweep.</summary>
    public TimeSpan? OutboxAge => AgeOf(Sweep?.OldestOutboxAt);

    /// <summary>Null when there was no sweep.</summary>
    public TimeSpan? SweepAge => AgeOf(Sweep?.At);

    /// <summary>
    /// Since when the checks are behind: the page that is due longest, or the message of a check that waits longest; null when nothing
    /// waits.
    /// </summary>
    public DateTimeOffset? ChecksWaitSince =>
        Earlier(OldestDueAt <= At ? OldestDueAt : null, Queues.FirstOrDefault(queue => queue.Name == QueueNames.PageChecks)?.WaitingSince);

    /// <returns>Null when the time is not known, or to come.</returns>
    public TimeSpan? AgeOf(DateTimeOffset? time) => time is { } past && past <= At ? At - past : null;

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null ? other : other is null || one < other ? one : other;
}

/// <param name="Messages">All of them, visible or not.</param>
/// <param name="WaitingSince">Of the message that could have been received longest; null when none can.</param>
/// <param name="Poisoned">Messages on its poison queue.</param>
internal sealed record QueueBacklog(string Name, long Messages, DateTimeOffset? WaitingSince, long Poisoned);
