using LinkMonitor.Engine.Fetching;

namespace LinkMonitor.Engine.Robots;

/// <summary>What is known of one origin's robots.txt, to be kept where all processes see it.</summary>
public sealed record RobotsRecord
{
    /// <summary>Scheme, host and port.</summary>
    public required string Origin { get; init; }

    /// <summary>Before this the origin is not asked again.</summary>
    public required DateTimeOffset FreshUntil { get; init; }

    /// <summary>The file as it was read last, at most <see cref="RobotsTxt.MaxBytes"/>; empty for a site without one, null when it never could be read.</summary>
    public ReadOnlyMemory<byte>? Content { get; init; }

    /// <summary>When <see cref="Content"/> was read.</summary>
    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>Since when the file cannot be read; null when it can.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>How asking failed last; null when it did not.</summary>
    public FetchFailure? Failure { get; init; }

    /// <summary>The same in a sentence.</summary>
    public string? Message { get; init; }
}
