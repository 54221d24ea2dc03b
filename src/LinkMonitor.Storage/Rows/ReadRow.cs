namespace LinkMonitor.Storage.Rows;

/// <summary>One row of a range: read, or set aside.</summary>
/// <param name="Item">Default when it cannot be read.</param>
/// <param name="IsRead">False for a row that is there but damaged or newer; it is noted already.</param>
public readonly record struct ReadRow<T>(T? Item, string Key, bool IsRead);
