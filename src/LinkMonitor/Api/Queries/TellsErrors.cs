namespace LinkMonitor.Api.Queries;

/// <summary>Of an endpoint: it finds out more that may be wrong, and tells it together with the errors of <see cref="QueryErrors.Of"/>.</summary>
internal sealed record TellsErrors;
