namespace LinkMonitor.Storage.Hosts;

/// <summary>
/// What all processes must know of a host: who goes through its due pages, and from when on a request may be sent to it. The row is there only
/// while somebody does, or while the host is to be left alone for longer than the ordinary pause.
/// </summary>
public sealed record HostState
{
    public required HostKey Key { get; init; }

    /// <summary>The host's name, for people.</summary>
    public required string Host { get; init; }

    /// <summary>Names the one message that may go on with the host's pages; null when nobody goes through them.</summary>
    public string? Run { get; init; }

    /// <summary>When the run counts as dead, so that another may begin; null without a run.</summary>
    public DateTimeOffset? RunUntil { get; init; }

    /// <summary>Whose turn it is until <see cref="FreeAt"/>; null when that is only a pause.</summary>
    public string? Turn { get; init; }

    /// <summary>Before this only the owner of the turn sends requests to the host.</summary>
    public required DateTimeOffset FreeAt { get; init; }

    /// <summary>The version that was read or written last; null for a row that is not there yet.</summary>
    public string? ETag { get; init; }

    /// <summary>Whether a run is under way.</summary>
    public bool IsRunAlive(DateTimeOffset now) => Run is not null && RunUntil > now;
}
