using LinkMonitor.Storage.Paging;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Failures;

/// <summary>What is set aside, in the <c>Failures</c> table: one row for each thing, however often it is met.</summary>
public interface ISetAsideStore
{
    /// <summary>Lists it, or says that it was met again; when it was met first stays.</summary>
    Task PutAsync(SetAsideNote note, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Gone already is no error.</summary>
    Task RemoveAsync(SetAsideName name, CancellationToken cancellationToken);

    /// <summary>In no order that means anything.</summary>
    Task<Slice<SetAsideEntry>> ListAsync(int maxItems, string? cursor, CancellationToken cancellationToken);

    /// <summary>
    /// Whether an entry speaks of a row that is gone, was written since, or has a layout that this program knows by now. Should it still be damaged,
    /// the next read lists it anew. Never so for what is no row.
    /// </summary>
    Task<bool> IsOutdatedAsync(SetAsideEntry entry, CancellationToken cancellationToken);
}
