using LinkMonitor.Engine.Judging;

namespace LinkMonitor.CommandLine.Output;

/// <summary>One line of an earlier result, as far as a later run needs it.</summary>
internal sealed record BaselineLine
{
    public string? Page { get; init; }

    public string? Target { get; init; }

    public VerdictState? State { get; init; }

    public DateTimeOffset? CheckedAt { get; init; }

    /// <summary>Where the link's row begins in the file of links.</summary>
    public int? Line { get; init; }

    public KnownView? Known { get; init; }

    /// <summary>The user's own columns by name.</summary>
    public Dictionary<string, string>? Columns { get; init; }
}
