using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Imports;

namespace LinkMonitor.Retention;

/// <summary>Removes the files of imports that can be undone no more, and imports that were only looked at.</summary>
internal sealed class ImportRetention(IImportStore store, TimeProvider time)
{
    /// <summary>How long an import can be undone, from its end.</summary>
    public static readonly TimeSpan Undoable = TimeSpan.FromDays(30);

    /// <summary>How long a file that was only looked at is kept.</summary>
    public static readonly TimeSpan Looked = TimeSpan.FromDays(1);

    private const int AtATime = 100;

    public async Task PurgeAsync(ProjectId project, CancellationToken cancellationToken)
    {
        if (!await store.HasAnyAsync(project, cancellationToken))
            return;
        var now = time.GetUtcNow();
        string? cursor = null;
        do
        {
            var slice = await store.ListAsync(project, AtATime, cursor, cancellationToken);
            foreach (var run in slice.Items.Where(run => IsPast(run, now)))
                await ForgetAsync(run, now, cancellationToken);
            cursor = slice.Cursor;
        }
        while (cursor is not null);
        await store.RemoveStraysAsync(project, now - Looked, cancellationToken);
    }

    private static bool IsPast(ImportRun run, DateTimeOffset now) => run switch
    {
        { State: ImportState.Draft } => run.ChangedAt <= now - Looked,
        { Pieces: 0 } => false,
        { EndedAt: { } ended } => ended <= now - Undoable,
        _ => false,
    };

    // The file first: a crash between leaves a row that still names it, and the next purge comes here again.
    private async Task ForgetAsync(ImportRun run, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var forgotten = run.State == ImportState.Draft
            ? run with { State = ImportState.Cancelled, EndedAt = now, ChangedAt = now }
            : run;
        await store.RemoveFileAsync(run.ProjectId, run.Id, cancellationToken);
        await store.SaveAsync(forgotten with { Pieces = 0 }, cancellationToken);
    }
}
