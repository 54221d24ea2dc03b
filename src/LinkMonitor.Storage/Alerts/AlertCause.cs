namespace LinkMonitor.Storage.Alerts;

/// <summary>Why the changes of an incident are told together, as stored.</summary>
/// <param name="Kind">The wire name of the kind of cause, for example <c>host</c>.</param>
/// <param name="Subject">The page's or target's URL, the host or the vendor; null for a single link.</param>
public sealed record AlertCause(string Kind, string? Subject);
