namespace LinkMonitor.Storage.Links;

/// <summary>A change that has not been told yet.</summary>
/// <param name="Key">Its place in the outbox; entries come in the order of this key, the oldest first.</param>
public sealed record OutboxEntry(string Key, LinkChange Change);
