namespace LinkMonitor.Testing.Storage;

/// <summary>A place to die: at a storage call, before it is made or after it was done.</summary>
internal readonly record struct CrashPlace(int Call, bool AfterCall)
{
    /// <summary>Every place of the first so many calls.</summary>
    public static IReadOnlyList<CrashPlace> OfFirst(int calls) =>
        [.. Enumerable.Range(1, calls).SelectMany(call => (CrashPlace[])[new(call, false), new(call, true)])];

    /// <summary>
    /// The places after each of the first so many calls. For work that touches nothing but storage these are all: what a death before the
    /// next call leaves is the same.
    /// </summary>
    public static IReadOnlyList<CrashPlace> AfterFirst(int calls) =>
        [.. Enumerable.Range(1, calls).Select(call => new CrashPlace(call, true))];
}
