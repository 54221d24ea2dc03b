namespace LinkMonitor.Storage.Tables;

/// <summary>A table of the account.</summary>
/// <param name="Name">3 to 63 letters and digits, a letter first; compared without case.</param>
public sealed record TableItem(string Name);
