using LinkMonitor.Engine.Fetching;

namespace LinkMonitor.CommandLine.Files;

/// <summary>How a file of links is checked.</summary>
internal sealed record FileCheckSettings
{
    public required RowSource Source { get; init; }

    /// <summary>Where the results go, by its ending as CSV or JSON lines; null for text (or JSON lines) on the terminal.</summary>
    public required FileInfo? Output { get; init; }

    /// <summary>The results of an earlier run, as JSON lines; null to compare with nothing.</summary>
    public required FileInfo? Baseline { get; init; }

    public required bool Json { get; init; }

    /// <summary>Go on behind the results that <see cref="Output"/> holds already.</summary>
    public bool Resume { get; init; }

    /// <summary>Say of every link how the verdict came about.</summary>
    public bool Explain { get; init; }

    public required HostPacing Pacing { get; init; }

    /// <summary>Whether pages are read also where robots.txt keeps us out.</summary>
    public required bool IgnoreRobots { get; init; }

    public required FetchOptions Fetching { get; init; }
}
