namespace LinkMonitor.Storage.Failures;

/// <summary>A queue message that failed too often, kept so that it can be sent again.</summary>
public sealed record FailedMessage
{
    /// <summary>Inverted time and a hash of the text; unique in its queue.</summary>
    public required string Id { get; init; }

    /// <summary>The queue it came from, without <c>-poison</c>.</summary>
    public required string Queue { get; init; }

    public required string Text { get; init; }

    /// <summary>What the last attempt said; null when the process died without a word.</summary>
    public string? Error { get; init; }

    public required DateTimeOffset FailedAt { get; init; }
}
