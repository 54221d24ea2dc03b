using LinkMonitor.Imports.Encodings;
using LinkMonitor.Links;
using LinkMonitor.Snapshots;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Imports;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.LinkTypes;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Queues;

namespace LinkMonitor.Imports;

/// <summary>
/// Takes files for import, begins imports, and cancels and undoes them. The work itself is done by <see cref="ImportWork"/>.
/// </summary>
internal sealed class ImportDesk(
    IImportStore store, IWorkQueues queues, LinkRequestReader reader, ILinkTypeStore types, LinkLists lists, TimeProvider time)
{
    private const int MostTries = 5;
    private const int NameLength = 200;

    /// <summary>The day that figures of this moment are noted with.</summary>
    public DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    /// <summary>What an import would do. Nothing is written.</summary>
    public async Task<ImportSurvey> SurveyAsync(
        ProjectId project, SpooledFile file, ImportChoices choices, CancellationToken cancellationToken) =>
        ImportSurvey.Of(
            file.Info, choices, reader, await types.ReadAsync(project, cancellationToken), Today, cancellationToken);

    /// <summary>The same, with how many of the links are watched already. Nothing is written.</summary>
    public async Task<ImportSurvey> PreviewAsync(
        Project project, SpooledFile file, ImportChoices choices, CancellationToken cancellationToken)
    {
        var survey = await SurveyAsync(project.Id, file, choices, cancellationToken);

        // A project whose links take long to read says the rest at the next look.
        if (survey.Links.Count == 0 || await lists.OpenSoonAsync(project, cancellationToken) is not { Snapshot: var links })
            return survey;
        var watched = links.Links.Select(link => link.Id).Where(survey.Links.Contains).ToHashSet();
        return survey.Knowing(link => watched.Contains(link) || links.Unreadable.Contains(link), links.Unreadable.Contains);
    }

    /// <summary>Keeps a file, and begins its import unless it is only to be looked at. Safe to repeat with the same key.</summary>
    public async Task<ImportStart> TakeAsync(ImportOrder order, SpooledFile file, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var id = ImportIds.New(now);
        if (order.Key is { } key)
        {
            id = await store.ClaimAsync(order.ProjectId, key, id, cancellationToken);
            if (await store.FindAsync(order.ProjectId, id, cancellationToken) is { } earlier)
                return await RepeatAsync(earlier, order, file, cancellationToken);
        }

        var survey = await SurveyAsync(order.ProjectId, file, order.Choices, cancellationToken);
        if (!order.IsDraft && survey.Problem is { } problem)
            return new ImportStart.Refused(problem);
        int pieces;
        await using (var packed = await file.PackAsync(cancellationToken))
            pieces = await store.PutFileAsync(order.ProjectId, id, packed, cancellationToken);

        // The file first: a crash leaves one that nobody asks for, which is removed with what is past.
        var run = new ImportRun
        {
            ProjectId = order.ProjectId,
            Id = id,
            State = order.IsDraft ? ImportState.Draft : ImportState.Waiting,
            Name = order.Name.Length > NameLength ? order.Name[..(NameLength - 1)] + "…" : order.Name,
            Choices = order.Choices.ToJson(),
            By = order.By,
            CreatedAt = now,
            ChangedAt = now,
            ProgressedAt = now,
            Counts = OfFile(survey),
            Format = survey.File?.Format ?? "unknown",
            Vendor = order.Choices.Vendor ?? survey.Vendor,
            Hash = file.Hash,
            Pieces = pieces,
            SheetId = order.SheetId,
        };
        if (await store.AddAsync(run, cancellationToken) is not { } added)
            return await store.FindAsync(order.ProjectId, id, cancellationToken) is { } other
                ? await RepeatAsync(other, order, file, cancellationToken)
                : throw new InvalidOperationException($"The import {id} came and went.");
        if (!order.IsDraft)
            await queues.SendImportAsync(added.ProjectId, added.Id, cancellationToken);
        return new ImportStart.Begun(added, IsNew: true);
    }

    /// <summary>Begins an import that was only looked at.</summary>
    public async Task<ImportStart> BeginAsync(ImportRun draft, ImportChoices choices, CancellationToken cancellationToken)
    {
        using var file = await OpenAsync(draft, cancellationToken);
        var survey = await SurveyAsync(draft.ProjectId, file, choices, cancellationToken);
        if (survey.Problem is { } problem)
            return new ImportStart.Refused(problem);
        var begun = await ChangeAsync(draft, run => run.State == ImportState.Draft
            ? run with
            {
                State = ImportState.Waiting,
                ProgressedAt = time.GetUtcNow(),
                Choices = choices.ToJson(),
                Counts = OfFile(survey),
                Vendor = choices.Vendor ?? survey.Vendor,
            }
            : null, cancellationToken);
        if (begun is null)
            return new ImportStart.Refused(new UnreadableFileException("It was begun already."));
        await queues.SendImportAsync(begun.ProjectId, begun.Id, cancellationToken);
        return new ImportStart.Begun(begun, IsNew: true);
    }

    /// <summary>The file of an import, as it was taken; the caller disposes it.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or was removed meanwhile.</exception>
    public Task<SpooledFile> OpenAsync(ImportRun run, CancellationToken cancellationToken) =>
        SpooledFile.UnpackAsync(to => store.ReadFileAsync(run, to, cancellationToken), cancellationToken);

    // A step takes seconds; whoever was at work on it may have been killed.
    private static readonly TimeSpan LongestStep = TimeSpan.FromMinutes(1);

    /// <summary>It was cancelled, and the rows under way then are not counted yet.</summary>
    public static bool IsStopping(ImportRun run, DateTimeOffset now) =>
        run is { State: ImportState.Cancelled, Worker: not null, EndedAt: { } ended } && now - ended < LongestStep;

    /// <summary>Stops an import; what it has added stays.</summary>
    /// <returns>Null when it was over.</returns>
    public Task<ImportRun?> CancelAsync(ImportRun run, CancellationToken cancellationToken) => ChangeAsync(
        run,
        current => current.State is ImportState.Draft or ImportState.Waiting or ImportState.Running
            ? current with { State = ImportState.Cancelled, EndedAt = time.GetUtcNow() }
            : null,
        cancellationToken);

    /// <summary>Begins to remove what an import has added and nobody has changed since.</summary>
    /// <param name="by">Who undoes it: the pages of the links that go name them.</param>
    /// <returns>Null when there is nothing to undo, or its file is not kept any more.</returns>
    public async Task<ImportRun?> UndoAsync(ImportRun run, Author by, CancellationToken cancellationToken)
    {
        var undoing = await ChangeAsync(
            run,
            current => CanUndo(current, time.GetUtcNow()) ? Anew(current) with { State = ImportState.Undoing, UndoneBy = by } : null,
            cancellationToken);
        if (undoing is not null)
            await queues.SendImportAsync(undoing.ProjectId, undoing.Id, cancellationToken);
        return undoing;
    }

    /// <summary>Goes on with an import, or with its undoing, that was given up for a fault that was not the file's.</summary>
    /// <returns>Null when it was not given up so, or its file is not kept any more.</returns>
    public async Task<ImportRun?> RetryAsync(ImportRun run, CancellationToken cancellationToken)
    {
        var again = await ChangeAsync(
            run,
            current => CanRetry(current)
                ? Anew(current) with { State = current.UndoneBy is null ? ImportState.Waiting : ImportState.Undoing }
                : null,
            cancellationToken);
        if (again is not null)
            await queues.SendImportAsync(again.ProjectId, again.Id, cancellationToken);
        return again;
    }

    /// <summary>It was given up for a fault that was not the file's, whose mending can be waited for.</summary>
    public static bool CanRetry(ImportRun run) => run is { State: ImportState.Failed, Pieces: > 0, Attempts: > 0 };

    // What is known before the first row is done.
    private static ImportCounts OfFile(ImportSurvey survey) =>
        new() { Rows = survey.Counts.Rows, Respelled = survey.Counts.Respelled };

    // Another name, where there was one: the run of before ends, and that it may have left rows uncounted stays known.
    private ImportRun Anew(ImportRun run) => run with
    {
        EndedAt = null,
        Worker = run.Worker is null ? null : Guid.NewGuid().ToString("N"),
        Problem = null,
        Attempts = 0,
        ProgressedAt = time.GetUtcNow(),
    };

    /// <summary>It has added links, or was killed at a step of which nobody counted what it added.</summary>
    public static bool CanUndo(ImportRun run) =>
        run is { State: ImportState.Done or ImportState.Cancelled or ImportState.Failed, Pieces: > 0 }
        && (run.Counts.Added > 0 || run is { State: not ImportState.Done, Worker: not null });

    /// <summary>The same now: what is still at work may yet count what it adds, or add more behind the undoing.</summary>
    public static bool CanUndo(ImportRun run, DateTimeOffset now) => CanUndo(run) && (run.Counts.Added > 0 || !IsStopping(run, now));

    private async Task<ImportStart> RepeatAsync(
        ImportRun earlier, ImportOrder order, SpooledFile file, CancellationToken cancellationToken)
    {
        if (earlier.Hash != file.Hash || earlier.Choices != order.Choices.ToJson())
            return new ImportStart.Taken(earlier);
        if (earlier.IsOpen)
            await queues.SendImportAsync(earlier.ProjectId, earlier.Id, cancellationToken);
        return new ImportStart.Begun(earlier, IsNew: false);
    }

    /// <returns>Null when the change is not possible any more.</returns>
    private async Task<ImportRun?> ChangeAsync(
        ImportRun run, Func<ImportRun, ImportRun?> change, CancellationToken cancellationToken)
    {
        var current = run;
        for (var tries = 0; tries < MostTries; tries++)
        {
            if (change(current) is not { } changed)
                return null;
            if (await store.SaveAsync(changed with { ChangedAt = time.GetUtcNow() }, cancellationToken) is { } saved)
                return saved;
            if (await store.FindAsync(run.ProjectId, run.Id, cancellationToken) is not { } newer)
                return null;
            current = newer;
        }

        throw new TimeoutException($"The import {run.Id} is written all the time.");
    }
}

/// <summary>What is to be imported, by whom.</summary>
/// <param name="Name">Of the file, for people.</param>
/// <param name="IsDraft">Only keep the file: it is to be looked at first.</param>
internal sealed record ImportOrder(ProjectId ProjectId, string Name, ImportChoices Choices, Author By, bool IsDraft = false)
{
    /// <summary>The caller's name for the request; null for none.</summary>
    public string? Key { get; init; }

    public string? SheetId { get; init; }
}

/// <summary>What came of handing in a file.</summary>
internal abstract record ImportStart
{
    /// <param name="IsNew">False when the same request came before.</param>
    public sealed record Begun(ImportRun Run, bool IsNew) : ImportStart;

    /// <summary>The file cannot be imported, or not yet.</summary>
    public sealed record Refused(UnreadableFileException Problem) : ImportStart;

    /// <summary>The caller's key was used for another file or with other choices.</summary>
    public sealed record Taken(ImportRun Earlier) : ImportStart;
}

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
