namespace LinkMonitor.Engine.Fetching;

/// <summary>A complete HTTP answer, whatever its status.</summary>
public sealed record FetchedResponse : FetchResult
{
    /// <summary>The HTTP status of the last answer, 200 to 999.</summary>
    public required int Status { get; init; }

    public required ResponseHeaders Headers { get; init; }

    /// <summary>Whether this answers a request for the page only if it has changed.</summary>
    internal bool IsConditional { get; init; }

    /// <summary>The body after decompression, at most <see cref="FetchOptions.MaxBodyBytes"/> long.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }
}
