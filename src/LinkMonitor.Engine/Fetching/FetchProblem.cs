namespace LinkMonitor.Engine.Fetching;

/// <summary>A failure before it is tied to a check.</summary>
/// <param name="RetryAfter">How long the site asks us to stay away; null when it does not.</param>
internal sealed record FetchProblem(FetchFailure Failure, string Message, TimeSpan? RetryAfter = null)
{
    /// <inheritdoc cref="FetchFailed.Certificate"/>
    public CertificateFault? Certificate { get; init; }
}
