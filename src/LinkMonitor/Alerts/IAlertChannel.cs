namespace LinkMonitor.Alerts;

/// <summary>A way for alerts to leave. Sending the same message again must be harmless: it carries the same ids.</summary>
public interface IAlertChannel
{
    /// <summary>The name in settings and stored deliveries, for example <c>smtp</c>.</summary>
    string Kind { get; }

    /// <summary>More changes than this go out as several messages, each with its own part number.</summary>
    int MaxChangesPerMessage => int.MaxValue;

    /// <summary>
    /// What keeps everything from leaving, found out without sending anything: one sentence, or null when nothing does or nobody can tell.
    /// </summary>
    Task<string?> FindProblemAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    /// <summary>
    /// Sends one copy. What the other side does is a result; only a cancelled <paramref name="cancellationToken"/> and our own bugs throw.
    /// </summary>
    Task<DeliveryResult> SendAsync(AlertMessage message, CancellationToken cancellationToken);
}
