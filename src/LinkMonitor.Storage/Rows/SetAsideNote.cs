using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Rows;

/// <summary>Something that was left out so that everything else could go on. It stays where it is and is tried again by itself.</summary>
public sealed record SetAsideNote
{
    public required SetAsideName Name { get; init; }

    /// <summary>What is wrong; holds no secret.</summary>
    public required string Problem { get; init; }

    /// <summary>What to do about it.</summary>
    public required string Advice { get; init; }

    /// <summary>The version of the row that could not be read; null for what is no row.</summary>
    public string? Version { get; init; }
}

/// <summary>
/// Hears of everything that is left out so that the rest can go on. Called for every damaged row at every read, so it must be cheap, must
/// come back soon, and must not throw for any other reason than a stop: the caller continues with the rest.
/// </summary>
public interface ISetAside
{
    /// <summary>Notes it where the operator sees it. Noting it again changes nothing.</summary>
    ValueTask NoteAsync(SetAsideNote note, CancellationToken cancellationToken);

    /// <summary>Says that it can be read, or was done. Costs nothing when nothing is noted under this name.</summary>
    ValueTask ClearAsync(SetAsideName name, CancellationToken cancellationToken);
}

/// <summary>The tables as stores use them.</summary>
internal sealed class StoreTables(ITableService tables, ISetAside aside)
{
    /// <param name="name">One of <see cref="TableNames"/>.</param>
    public RowTable Open(string name) => new(name, tables.Open(name), aside);
}

/// <summary>Names what was set aside: the same thing has the same name every time.</summary>
/// <param name="Area">The table that a row is in, or the function that leaves something out.</param>
/// <param name="Partition">The row's partition key; empty for what is no row.</param>
/// <param name="Key">The row's key, or the project.</param>
public readonly record struct SetAsideName(string Area, string Partition, string Key)
{
    public override string ToString() => Partition.Length == 0 ? $"{Area}: {Key}" : $"{Area}: {Partition} {Key}";
}
