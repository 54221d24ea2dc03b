namespace LinkMonitor.Links;

/// <summary>What became of one link.</summary>
/// <param name="Status">200 muted or not, 202 to be checked, 204 deleted, 404 not there, 429 too many checks in a minute.</param>
public sealed record BulkItem(string LinkId, int Status);
