namespace LinkMonitor.Testing.Storage;

/// <summary>Reads asynchronous sequences to their end.</summary>
internal static class Enumerating
{
    public static async Task<List<T>> ToListAsync<T>(this IAsyncEnumerable<T> items)
    {
        List<T> list = [];
        await foreach (var item in items.WithCancellation(TestContext.Current.CancellationToken))
            list.Add(item);
        return list;
    }
}
