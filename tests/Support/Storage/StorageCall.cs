namespace LinkMonitor.Testing.Storage;

/// <summary>One call at a port of the storage.</summary>
/// <param name="Place">The name of the table or queue.</param>
/// <param name="Operation">The name of the method.</param>
/// <param name="Rows">
/// The partition and, where there is one, the key of what it is about; the text of a message that is sent; null for the rest of a queue.
/// </param>
internal sealed record StorageCall(string Place, string Operation, string? Rows = null);
