using System.Collections.Concurrent;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Alerts.Telling;

/// <summary>Reads something of many links, several at a time.</summary>
internal static class EachLink
{
    private const int ParallelReads = 8;

    /// <summary>By link; those of which there is nothing are left out.</summary>
    /// <param name="ids">May name a link more than once; it is read once.</param>
    public static async Task<IReadOnlyDictionary<LinkId, T>> ReadAsync<T>(
        IEnumerable<LinkId> ids, Func<LinkId, CancellationToken, Task<T?>> read, CancellationToken cancellationToken)
        where T : class
    {
        var found = new ConcurrentDictionary<LinkId, T>();
        var reading = new ParallelOptions { MaxDegreeOfParallelism = ParallelReads, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(ids.Distinct(), reading, async (id, stop) =>
        {
            if (await read(id, stop) is { } one)
                found[id] = one;
        });
        return found;
    }
}
