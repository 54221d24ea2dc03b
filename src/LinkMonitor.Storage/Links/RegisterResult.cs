namespace LinkMonitor.Storage.Links;

/// <summary>What came of storing a link.</summary>
/// <param name="Created">False when the link was there already; it is left as it was.</param>
/// <param name="Link">As stored now.</param>
public sealed record RegisterResult(bool Created, WatchedLink Link);
