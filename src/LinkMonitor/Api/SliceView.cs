namespace LinkMonitor.Api;

/// <summary>Part of a list.</summary>
/// <param name="Items">At most <c>limit</c> of them.</param>
/// <param name="Cursor">Send it as <c>?cursor=</c> for what follows; null at the end.</param>
public sealed record SliceView<T>(IReadOnlyList<T> Items, string? Cursor);
