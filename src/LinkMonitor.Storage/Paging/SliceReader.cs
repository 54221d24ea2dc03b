using Azure.Data.Tables;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Paging;

/// <summary>One list: its rows, what makes an item of a row, and which items are wanted.</summary>
internal sealed record SliceReader<T>
{
    /// <summary>The most items of one slice; also the most rows that the service sends at once.</summary>
    public const int MaxItems = RowQuery.MaxPerPage;

    /// <summary>
    /// Rows read for one slice at most: a filter that the service cannot apply may match next to nothing, and the caller should not wait
    /// for a whole project. The slice then ends early, with a cursor.
    /// </summary>
    public const int MaxRows = 5_000;

    public required RowTable Table { get; init; }

    /// <summary>Names the list in its cursors.</summary>
    public required string List { get; init; }

    public required KeyRange Range { get; init; }

    /// <summary>What the service leaves out.</summary>
    public IReadOnlyList<ColumnCondition> Conditions { get; init; } = [];

    public required Func<TableEntity, T> Map { get; init; }

    /// <summary>What we leave out ourselves.</summary>
    public Func<T, bool> Wanted { get; init; } = static _ => true;

    /// <summary>The next items, each once; left out are only rows that cannot be read, which are noted.</summary>
    /// <exception cref="InvalidCursorException">The cursor is not of this list.</exception>
    public async Task<Slice<T>> ReadAsync(int maxItems, string? cursor, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxItems, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxItems, MaxItems);
        var last = Cursor.Read(List, Range, cursor);

        // One row more than asked for tells whether anything follows.
        var query = new RowQuery(Range) { After = last, Conditions = Conditions, PerPage = Math.Min(maxItems + 1, MaxItems) };
        var items = new List<T>();
        var read = 0;
        await foreach (var row in Table.ReadAsync(query, Map, cancellationToken))
        {
            if (items.Count == maxItems || read == MaxRows)
                return new Slice<T>(items, Cursor.Write(List, last!));

            if (row.IsRead && Wanted(row.Item!))
                items.Add(row.Item!);
            last = row.Key;
            read++;
        }

        return new Slice<T>(items, null);
    }
}
