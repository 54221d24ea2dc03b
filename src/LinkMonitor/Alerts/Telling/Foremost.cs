namespace LinkMonitor.Alerts.Telling;

/// <summary>
/// Of any number of things, their count and the first few in an order: what a list with an end needs, in the room of that list.
/// </summary>
/// <param name="max">1 or more.</param>
/// <param name="order">Less comes first. Equal ones are interchangeable.</param>
internal sealed class Foremost<T>(int max, IComparer<T> order)
{
    // The last of those kept comes out first, to make room.
    private readonly PriorityQueue<T, T> _kept = new(Comparer<T>.Create((one, other) => order.Compare(other, one)));

    public int Count { get; private set; }

    /// <summary>At most so many as there is room for, in order.</summary>
    public IReadOnlyList<T> Items => [.. _kept.UnorderedItems.Select(item => item.Element).Order(order)];

    public void Add(T item)
    {
        Count++;
        if (_kept.Count < max)
            _kept.Enqueue(item, item);
        else
            _kept.EnqueueDequeue(item, item);
    }
}
