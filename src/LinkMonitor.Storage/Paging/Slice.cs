namespace LinkMonitor.Storage.Paging;

/// <summary>Part of a list that is too long to be read at once.</summary>
/// <param name="Items">At most as many as asked for; may be empty although more follow.</param>
/// <param name="Cursor">Opaque text that continues the list; null at its end.</param>
public sealed record Slice<T>(IReadOnlyList<T> Items, string? Cursor);
