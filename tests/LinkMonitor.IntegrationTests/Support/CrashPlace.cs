namespace LinkMonitor.IntegrationTests.Support;

/// <summary>A place to die: at a storage request, before it is sent or after it was done.</summary>
internal readonly record struct CrashPlace(int Request, bool AfterSending)
{
    /// <summary>Every place of the first so many requests.</summary>
    public static IReadOnlyList<CrashPlace> OfFirst(int requests) =>
        [.. Enumerable.Range(1, requests).SelectMany(request => (CrashPlace[])[new(request, false), new(request, true)])];
}
