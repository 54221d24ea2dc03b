namespace LinkMonitor.Api.Queries;

/// <summary>Of an endpoint: it reads a body, and tells the errors of <see cref="QueryCheck.Errors"/> with those of the body.</summary>
internal sealed record TakesBody;
