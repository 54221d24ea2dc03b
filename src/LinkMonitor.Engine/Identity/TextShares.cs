using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using LinkMonitor.Engine.Reading;

namespace LinkMonitor.Engine.Identity;

/// <summary>How much of a sampled text a page still has, worked out once for all links that remember the same sample of it.</summary>
internal static class TextShares
{
    private static readonly ConditionalWeakTable<PageReading, ConcurrentDictionary<string, double?>> Known = [];

    /// <summary>0 to 1; null when there is no sample.</summary>
    public static double? Of(string? sample, PageReading page) => string.IsNullOrEmpty(sample)
        ? null
        : Known.GetValue(page, static _ => new ConcurrentDictionary<string, double?>(StringComparer.Ordinal))
            .GetOrAdd(sample, static (sample, page) => TextSample.ShareIn(sample, page.Text), page);
}
