namespace LinkMonitor.Engine.Fetching;

/// <summary>How gently one host is treated.</summary>
public sealed record HostPacing
{
    public const int DefaultPerHost = 1;

    public static readonly TimeSpan DefaultPause = TimeSpan.FromSeconds(1);

    /// <summary>Requests to one host at a time, 1 by default; at least 1.</summary>
    public int PerHost { get; init; } = DefaultPerHost;

    /// <summary>Requests at a time to all hosts together; null, the default, for no limit.</summary>
    public int? InAll { get; init; }

    /// <summary>How long a place stays closed after its request has ended. 1 s by default; zero for no pause.</summary>
    public TimeSpan Pause { get; init; } = DefaultPause;
}
