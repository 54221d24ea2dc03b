namespace LinkMonitor.Testing.Storage;

/// <summary>One call at a port of the storage.</summary>
/// <param name="Place">The name of the table or queue.</param>
/// <param name="Operation">The name of the method.</param>
internal sealed record StorageCall(string Place, string Operation);
