using Azure.Data.Tables;

namespace LinkMonitor.Testing.Storage;

/// <summary>
/// The rows of one partition by their key: in small lists of those whose keys begin alike, found by that beginning. So what a row costs
/// does not grow with the rows, unless very many begin alike, and what is measured on it is not the storage.
/// </summary>
internal sealed class MemoryPartition
{
    // Long enough that the rows of two hosts, pages or links do not begin alike, and short enough that those of one do.
    private const int Beginning = 16;

    // No key of the service holds it, and it sorts after all that do.
    private const string Last = "\uFFFF";

    private readonly Dictionary<string, List<TableEntity>> _lists = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _beginnings = new(StringComparer.Ordinal);

    public int Count => _lists.Values.Sum(list => list.Count);

    public TableEntity? Find(string rowKey) =>
        _lists.TryGetValue(BeginningOf(rowKey), out var list) && PlaceIn(list, rowKey) is >= 0 and var place ? list[place] : null;

    /// <summary>The rows in the order of their keys, the first of which is not below <paramref name="rowKey"/>.</summary>
    public IEnumerable<TableEntity> From(string rowKey)
    {
        // Beginnings are in the order of the keys: of two different ones only one that is a whole key can begin the other.
        var first = BeginningOf(rowKey);
        if (string.CompareOrdinal(first, Last) > 0)
            yield break;
        foreach (var beginning in _beginnings.GetViewBetween(first, Last))
        {
            var list = _lists[beginning];
            var place = beginning == first ? PlaceIn(list, rowKey) : 0;
            for (var index = place < 0 ? ~place : place; index < list.Count; index++)
                yield return list[index];
        }
    }

    public void Put(TableEntity row)
    {
        var beginning = BeginningOf(row.RowKey);
        if (!_lists.TryGetValue(beginning, out var list))
        {
            _lists[beginning] = list = new(1);
            _beginnings.Add(beginning);
        }

        if (PlaceIn(list, row.RowKey) is >= 0 and var place)
            list[place] = row;
        else
            list.Insert(~PlaceIn(list, row.RowKey), row);
    }

    public void Remove(string rowKey)
    {
        var beginning = BeginningOf(rowKey);
        if (!_lists.TryGetValue(beginning, out var list) || PlaceIn(list, rowKey) is not (>= 0 and var place))
            return;
        list.RemoveAt(place);
        if (list.Count > 0)
            return;
        _lists.Remove(beginning);
        _beginnings.Remove(beginning);
    }

    private static string BeginningOf(string rowKey) => rowKey.Length <= Beginning ? rowKey : rowKey[..Beginning];

    /// <summary>Where the key is in the list; the complement of where it is to be when it is not there.</summary>
    private static int PlaceIn(List<TableEntity> list, string rowKey)
    {
        var (from, to) = (0, list.Count - 1);
        while (from <= to)
        {
            var middle = (from + to) / 2;
            var order = string.CompareOrdinal(list[middle].RowKey, rowKey);
            if (order == 0)
                return middle;
            (from, to) = order < 0 ? (middle + 1, to) : (from, middle - 1);
        }

        return ~from;
    }
}
