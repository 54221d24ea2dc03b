using LinkMonitor.CommandLine.Files;

namespace LinkMonitor.CommandLine.Service;

/// <summary>What is imported, and how.</summary>
internal sealed record ImportSettings
{
    public required RowSource Source { get; init; }

    /// <summary>For all links.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>Import links, too, that the file itself marks as lost.</summary>
    public required bool WithLost { get; init; }

    /// <summary>Nothing is sent.</summary>
    public required bool IsDryRun { get; init; }
}
