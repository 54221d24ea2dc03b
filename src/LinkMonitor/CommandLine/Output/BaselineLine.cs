using LinkMonitor.Engine.Judging;

namespace LinkMonitor.CommandLine.Output;

/// <summary>One line of an earlier result, as far as a later run needs it.</summary>
internal sealed record BaselineLine
{
    public string? Page { get; init; }

    public string? Target { get; init; }

    public VerdictState? State { get; init; }

    public DateTimeOffset? CheckedAt { get; init; }

    public KnownView? Known { get; init; }
}
