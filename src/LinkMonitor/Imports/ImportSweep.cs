using LinkMonitor.Storage.Imports;
using LinkMonitor.Storage.Queues;

namespace LinkMonitor.Imports;

/// <summary>
/// Finds imports that no message comes for any more, and sheets whose time has come. Cost follows what is open or due.
/// </summary>
internal sealed class ImportSweep(IImportStore store, IPolledSheetStore sheets, IWorkQueues queues, TimeProvider time)
{
    /// <summary>An import whose row was not written for so long has nobody at work on it: a step takes seconds.</summary>
    internal static readonly TimeSpan Silence = TimeSpan.FromMinutes(10);

    /// <summary>How long a sheet that was asked for is left alone when nothing came of it.</summary>
    internal static readonly TimeSpan Lease = TimeSpan.FromMinutes(30);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await foreach (var (project, id) in store.ReadOpenAsync(cancellationToken))
        {
            if (await store.FindAsync(project, id, cancellationToken) is { IsOpen: true } run)
            {
                if (run.ChangedAt <= now - Silence)
                    await queues.SendImportAsync(project, id, cancellationToken);
            }
            else
            {
                await store.CloseAsync(project, id, cancellationToken);
            }
        }

        await foreach (var place in sheets.ReadDueAsync(now, cancellationToken))
        {
            if (await sheets.FindAsync(place.ProjectId, place.SheetId, cancellationToken) is { } sheet && sheet.DueAt <= now
                && await sheets.SaveAsync(sheet with { DueAt = now + Lease }, cancellationToken) is not null)
                await queues.SendImportAsync(place.ProjectId, place.SheetId, cancellationToken);
            await sheets.RemovePlaceAsync(place, cancellationToken);
        }
    }
}
