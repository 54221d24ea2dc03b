namespace LinkMonitor.Engine.Fetching;

/// <summary>A failure before it is tied to a check.</summary>
internal sealed record FetchProblem(FetchFailure Failure, string Message);
