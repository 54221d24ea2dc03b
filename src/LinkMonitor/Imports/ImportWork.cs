using System.Globalization;
using LinkMonitor.Engine.Links;
using LinkMonitor.Failures;
using LinkMonitor.Imports.Encodings;
using LinkMonitor.Imports.Rows;
using LinkMonitor.Links;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Imports;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.LinkTypes;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Queues;

namespace LinkMonitor.Imports;

/// <summary>What a message of the queue <see cref="QueueNames.Imports"/> asks for.</summary>
internal sealed class ImportHandler(ImportWork work, SheetPolling sheets, IProjectStore projects, FailureNotes notes)
{
    /// <summary>Throws when the work failed, so that the message comes again; why is noted.</summary>
    public Task HandleAsync(string message, CancellationToken cancellationToken) =>
        notes.WatchAsync(QueueNames.Imports, message, () => DoAsync(message, cancellationToken), cancellationToken);

    private async Task DoAsync(string message, CancellationToken cancellationToken)
    {
        var request = QueueMessages.ReadImport(message);
        if (await projects.GetAsync(new ProjectId(request.ProjectId), cancellationToken) is not { } project)
            return;
        await (ImportIds.IsSheet(request.Subject)
            ? sheets.PollAsync(project, request.Subject, cancellationToken)
            : work.RunAsync(project, request.Subject, cancellationToken));
    }
}

/// <summary>
/// Does an import, or undoes one, in steps of some hundred rows: after each the import's row says how far it is. Killed at any point, the
/// next run goes on from there; rows of the step that was under way are done again, which changes nothing, since a link that the import
/// has added is known for its own.
/// </summary>
internal sealed partial class ImportWork(
    IImportStore store,
    ImportDesk desk,
    LinkRegistry registry,
    ManyLinks links,
    ILinkStore stored,
    LinkRequestReader reader,
    ILinkTypeStore types,
    IWorkQueues queues,
    TimeProvider time,
    ILogger<ImportWork> logger)
{
    /// <summary>After this a run sends a message for the next one and ends; less than the function's budget.</summary>
    internal static readonly TimeSpan RunBudget = TimeSpan.FromMinutes(3);

    /// <summary>
    /// So many runs may begin without getting further, and for so long at least, before the import is given up: an outage of a few hours
    /// gives up nothing, and what fails each time by our fault is not tried without an end.
    /// </summary>
    internal const int MostAttempts = 20;

    /// <inheritdoc cref="MostAttempts"/>
    internal static readonly TimeSpan Patience = TimeSpan.FromHours(6);

    private const int StepRows = 200;
    private const int PagesAtATime = 16;
    private const int MostTries = 5;

    public async Task RunAsync(Project project, string id, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        if (await TakeOverAsync(project.Id, id, cancellationToken) is not { } run)
        {
            await store.CloseAsync(project.Id, id, cancellationToken);
            return;
        }

        try
        {
            using var file = await desk.OpenAsync(run, cancellationToken);
            await GoThroughAsync(project, run, file, start, cancellationToken);
        }
        catch (Exception e) when (e is UnreadableFileException or InvalidDataException)
        {
            // The same bytes are read the same way each time: trying again would end here again.
            await FailAsync(run with { Attempts = 0 }, e.Message, cancellationToken);
        }
    }

    /// <summary>Makes this run the one that works on the import; a run before it notices at its next step, and ends.</summary>
    /// <returns>Null when there is nothing to do.</returns>
    private async Task<ImportRun?> TakeOverAsync(ProjectId project, string id, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            if (await store.FindAsync(project, id, cancellationToken) is not { IsOpen: true } run)
                return null;
            if (IsHopeless(run))
            {
                await FailAsync(run, Hopeless(run), cancellationToken);
                return null;
            }

            var taken = run with
            {
                Attempts = run.Attempts + 1,
                Worker = Guid.NewGuid().ToString("N"),
                State = run.State == ImportState.Waiting ? ImportState.Running : run.State,
                ChangedAt = time.GetUtcNow(),
            };
            if (await store.SaveAsync(taken, cancellationToken) is { } saved)
                return saved;
        }

        throw new TimeoutException($"The import {id} is written all the time.");
    }

    private bool IsHopeless(ImportRun run) =>
        run.Attempts >= MostAttempts && time.GetUtcNow() - (run.ProgressedAt ?? run.CreatedAt) >= Patience;

    private static string Hopeless(ImportRun run) => string.Create(
        CultureInfo.InvariantCulture,
        $"It was begun {run.Attempts} times and got no further since {run.ProgressedAt ?? run.CreatedAt:yyyy-MM-dd HH:mm} UTC. The fault "
            + $"is "
            + $"not the file's: the list of failed work says what it is. What was done stays as counted. Try again when it is mended, or "
            + $"undo.");

    private async Task GoThroughAsync(
        Project project, ImportRun run, SpooledFile file, long start, CancellationToken cancellationToken)
    {
        var choices = ImportChoices.FromJson(run.Choices);
        var isUndo = run.State == ImportState.Undoing;
        var opened = FileOfLinks.Open(file.Info, choices.ToDefaults(), cancellationToken);
        var passed = isUndo ? run.Counts.Undone : run.Counts.Read;

        // There is nothing to undo behind the step that the import was at when it was stopped.
        var rows = new FilePlan(
            opened, choices, reader, await types.ReadAsync(project.Id, cancellationToken),
            DateOnly.FromDateTime(run.CreatedAt.UtcDateTime)).Read(cancellationToken, passed)
            .Take(isUndo ? run.Counts.Read + StepRows - passed : int.MaxValue);
        foreach (var part in rows.Chunk(StepRows))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var done = isUndo
                ? await UndoAsync(run, part, cancellationToken)
                : await RegisterAsync(project, run, part, cancellationToken);
            if (await CountAsync(run, done, cancellationToken) is not { } current)
                return;
            if (!current.IsOpen)
            {
                // Whoever cancelled it is told from here on that nothing comes after this.
                await store.SaveAsync(current with { Worker = null }, cancellationToken);
                return;
            }

            run = current;
            if (time.GetElapsedTime(start) < RunBudget)
                continue;
            await queues.SendImportAsync(run.ProjectId, run.Id, cancellationToken);
            return;
        }

        await EndAsync(run, cancellationToken);
    }

    private async Task<ImportCounts> RegisterAsync(
        Project project, ImportRun run, PlannedRow[] rows, CancellationToken cancellationToken)
    {
        var drafts = rows.Where(row => row.Fate == RowFate.Watch)
            .Select(row => row.Draft! with { ImportId = run.Id, LeavesKnown = true })
            .ToList();
        var registered = await links.RegisterAsync(project, drafts, cancellationToken);
        var added = registered.Count(link => link.ImportId == run.Id);
        return new ImportCounts
        {
            Read = rows.Length,
            Added = added,
            Known = drafts.Count - added,
            Unreadable = drafts.Count - registered.Count,
            Rejected = Of(RowFate.Rejected),
            Lost = Of(RowFate.Lost),
            Own = Of(RowFate.Own),
            Twice = Of(RowFate.Twice),
        };

        int Of(RowFate fate) => rows.Count(row => row.Fate == fate);
    }

    private async Task<ImportCounts> UndoAsync(ImportRun run, PlannedRow[] rows, CancellationToken cancellationToken)
    {
        // The step behind the last that was counted is looked through, too, and no row of what the import has done.
        var counted = Math.Min(rows.Length, Math.Max(0, run.Counts.Read - run.Counts.Undone));
        var (removed, kept, uncounted) = (0, 0, 0);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = PagesAtATime, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            rows.Index().Where(row => row.Item.Fate == RowFate.Watch).GroupBy(row => PageRowKeys.For(row.Item.Draft!.Page)), parallel,
            async (page, token) =>
            {
                foreach (var (at, row) in page)
                {
                    var draft = row.Draft!;
                    var link = await stored.GetAsync(run.ProjectId, draft.Id, token);
                    if (at >= counted && link?.ImportId == run.Id)
                        Interlocked.Increment(ref uncounted);

                    // One that is gone was removed by a run that was killed before it could say so, or by somebody since.
                    if (link is null)
                        Interlocked.Increment(ref removed);
                    else if (link.ImportId == run.Id && IsAsAdded(link, draft)
                        && await registry.RemoveAsync(link, run.UndoneBy ?? run.By, null, null, token))
                        Interlocked.Increment(ref removed);
                    else if (link.ImportId == run.Id)
                        Interlocked.Increment(ref kept);
                }
            });
        return new ImportCounts { Undone = counted, Removed = removed, Kept = kept, Added = uncounted };
    }

    /// <summary>Nobody has changed, answered or taken up what the import registered; what checks found does not count.</summary>
    internal static bool IsAsAdded(WatchedLink link, LinkDraft draft)
    {
        var fresh = draft.Parts.ApplyTo(link with
        {
            Expectation = new Expectation { Target = draft.Target, Match = draft.Match },
            Type = null,
            TypeParts = default,
            Tags = [],
            Note = null,
            Muted = false,
            MutedUntil = null,
            Terms = null,
        });
        return link.Expectation == fresh.Expectation && link.Type == fresh.Type && link.Tags.SequenceEqual(fresh.Tags)
            && link.Note == fresh.Note && link.Muted == fresh.Muted && link.MutedUntil == fresh.MutedUntil && link.Terms == fresh.Terms
            && link is { Answer: null, HandedPage: null, CaseId: null };
    }

    /// <summary>Adds to what the import's row says, whatever became of the import meanwhile.</summary>
    /// <returns>Null when another run has taken over.</returns>
    private async Task<ImportRun?> CountAsync(ImportRun run, ImportCounts done, CancellationToken cancellationToken)
    {
        var current = run;
        for (var tries = 0; tries < MostTries; tries++)
        {
            var now = time.GetUtcNow();
            var counted = current with { Counts = current.Counts.Plus(done), Attempts = 0, ProgressedAt = now, ChangedAt = now };
            if (await store.SaveAsync(counted, cancellationToken) is { } saved)
                return saved;
            if (await store.FindAsync(run.ProjectId, run.Id, cancellationToken) is not { } newer || newer.Worker != run.Worker)
                return null;
            current = newer;
        }

        throw new TimeoutException($"The import {run.Id} is written all the time.");
    }

    private async Task EndAsync(ImportRun run, CancellationToken cancellationToken)
    {
        var isUndo = run.State == ImportState.Undoing;
        var counts = isUndo ? run.Counts with { Removed = run.Counts.Added - run.Counts.Kept } : run.Counts;
        var ended = run with
        {
            State = isUndo ? ImportState.Undone : ImportState.Done,
            Counts = counts,
            EndedAt = time.GetUtcNow(),
            ChangedAt = time.GetUtcNow(),
        };

        // Whoever wrote it meanwhile has cancelled it, or goes on with it.
        if (await store.SaveAsync(ended, cancellationToken) is null)
            return;
        await store.CloseAsync(run.ProjectId, run.Id, cancellationToken);
        Log.Ended(logger, run.Id, run.ProjectId, ended.State, counts.Added, counts.Known, counts.Rejected);
    }

    private async Task FailAsync(ImportRun run, string problem, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            if (await store.FindAsync(run.ProjectId, run.Id, cancellationToken) is not { IsOpen: true } current)
                return;
            var failed = current with
            {
                State = ImportState.Failed,
                Problem = problem,
                Attempts = run.Attempts,
                EndedAt = time.GetUtcNow(),
                ChangedAt = time.GetUtcNow(),
            };
            if (await store.SaveAsync(failed, cancellationToken) is null)
                continue;
            await store.CloseAsync(run.ProjectId, run.Id, cancellationToken);
            return;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Information,
            Message = "Import {ImportId} of project {ProjectId} is {State}: {Added} added, {Known} known, {Rejected} rejected.")]
        public static partial void Ended(
            ILogger logger, string importId, ProjectId projectId, ImportState state, int added, int known, int rejected);
    }
}
