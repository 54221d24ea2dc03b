namespace LinkMonitor.Storage.Outages;

/// <summary>A time in which our own network failed.</summary>
public sealed record Outage
{
    /// <summary><c>out_</c> and the time of its first failure.</summary>
    public required string Id { get; init; }

    /// <summary>How it showed first.</summary>
    public required OutageKind Kind { get; init; }

    /// <summary>The first check that was not judged.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>The last check known that was not judged.</summary>
    public required DateTimeOffset LastAt { get; init; }

    /// <summary>How many checks were not judged, at least: workers add theirs once a minute.</summary>
    public required long Checks { get; init; }
}
