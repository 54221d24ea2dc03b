namespace LinkMonitor.Engine.Fetching;

/// <summary>No complete answer came, or none was allowed to.</summary>
public sealed record FetchFailed : FetchResult
{
    public required FetchFailure Failure { get; init; }

    /// <summary>One sentence for people: what went wrong and, where there is something to do, what.</summary>
    public required string Message { get; init; }

    /// <summary>What is wrong with the server's certificate; null when that is not what failed.</summary>
    public CertificateFault? Certificate { get; init; }

    /// <summary>The HTTP status, when the failure came after the headers; otherwise null.</summary>
    public int? Status { get; init; }

    /// <summary>How long the site asks us to stay away, at most a day; null when it does not.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
