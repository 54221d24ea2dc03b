namespace LinkMonitor.Storage.Queues;

/// <summary>What a look at a queue shows without taking anything off it.</summary>
/// <param name="Messages">How many messages lie on it, visible or not; the service calls it approximate.</param>
/// <param name="Visible">The messages at its front that could be received now, at most <see cref="IQueueAccess.MaxBatch"/>.</param>
public sealed record QueueSight(long Messages, IReadOnlyList<WaitingMessage> Visible)
{
    /// <summary>Since when the longest waiting of <see cref="Visible"/> could have been received; null when none is visible.</summary>
    public DateTimeOffset? WaitingSince => Visible.Count == 0 ? null : Visible.Min(message => message.WaitingSince);
}
