using LinkMonitor.Storage.Failures;

namespace LinkMonitor.Failures;

/// <summary>A queue message that failed too often, as the API shows it.</summary>
public sealed record FailureView
{
    public required string Id { get; init; }

    public required string Queue { get; init; }

    public required string Text { get; init; }

    /// <summary>What the last attempt said; null when the process died without a word.</summary>
    public required string? Error { get; init; }

    public required DateTimeOffset FailedAt { get; init; }

    internal static FailureView Of(FailedMessage message) => new()
    {
        Id = message.Id,
        Queue = message.Queue,
        Text = message.Text,
        Error = message.Error,
        FailedAt = message.FailedAt,
    };
}
