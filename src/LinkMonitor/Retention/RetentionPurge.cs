using System.ComponentModel.DataAnnotations;
using LinkMonitor.Alerts.Planning;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Hosting.Settings;
using LinkMonitor.Storage.Auditing;
using LinkMonitor.Storage.ClientReports;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Imports;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Retention;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Retention;

/// <summary>
/// Removes what has been kept for as long as the settings say, as long as a run may take; what is removed is read no more, so the next run
/// goes on behind it. Nothing at or after the oldest change that is owed goes, and of a project of which that is not known nothing does.
/// </summary>
internal sealed partial class RetentionPurge(
    IProjectStore projects,
    IRetentionStore store,
    ISignInStore signIns,
    IAuditStore audit,
    IUndoStore undo,
    ImportRetention imports,
    IClientReportStore reports,
    IOptions<RetentionOptions> options,
    IOptions<AlertOptions> alertOptions,
    TimeProvider time,
    ILogger<RetentionPurge> logger)
{
    /// <summary>What one run takes at most, but for the step that it is at.</summary>
    internal static readonly TimeSpan RunBudget = TimeSpan.FromMinutes(3);

    /// <summary>Longer than a report may be in the making: its facts are stored before it is there.</summary>
    internal static readonly TimeSpan StrayAge = TimeSpan.FromHours(6);

    private const int ProjectsAtATime = 200;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        await signIns.PurgeAsync(time.GetUtcNow(), cancellationToken);
        if (!await PurgeAuditAsync(null, start, cancellationToken))
            return;
        string? cursor = null;
        do
        {
            var slice = await projects.ListAsync(ProjectsAtATime, cursor, cancellationToken);
            foreach (var project in slice.Items)
            {
                if (await PurgeAsync(project, start, cancellationToken))
                    continue;
                Log.Left(logger, project.Name, project.Id);
                return;
            }

            cursor = slice.Cursor;
        }
        while (cursor is not null);
    }

    /// <returns>False when the time of the run was over before all was done.</returns>
    private async Task<bool> PurgeAsync(Project project, long start, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (!await PurgeUndoAsync(project.Id, now, start, cancellationToken))
            return false;
        await imports.PurgeAsync(project.Id, cancellationToken);
        await reports.RemoveStraysAsync(project.Id, now - StrayAge, cancellationToken);
        if (options.Value.Alerts is { } alerts
            && !await StepsAsync(stop => store.RemoveAlertsAsync(project.Id, now - alerts, stop), start, cancellationToken))
            return false;
        if (!await PurgeAuditAsync(project.Id, start, cancellationToken))
            return false;
        if (options.Value is { Changes: null, Evidence: null })
            return true;
        var owed = await store.ReadOwedAsync(project.Id, alertOptions.Value.FlappingWindow, cancellationToken);
        if (!owed.IsKnown)
        {
            Log.NotKnown(logger, project.Name, project.Id);
            return true;
        }

        return (options.Value.Changes is not { } changes
                || await StepsAsync(
                    stop => store.RemoveChangesAsync(project.Id, Earlier(now - changes, owed.Since), stop), start, cancellationToken))
            && (options.Value.Evidence is not { } evidence
                || await StepsAsync(
                    stop => store.ReduceEvidenceAsync(project, Earlier(now - evidence, owed.Since), stop), start, cancellationToken));
    }

    // What can be undone no more, without any setting: an act of the project forgets it, too, but there may be none.
    private async Task<bool> PurgeUndoAsync(ProjectId project, DateTimeOffset now, long start, CancellationToken cancellationToken)
    {
        foreach (var act in (await undo.ListAsync(project, cancellationToken)).Items.Where(act => act.Until <= now))
        {
            if (!await StepsAsync(stop => undo.ForgetAsync(act, stop), start, cancellationToken))
                return false;
        }

        return true;
    }

    /// <param name="project">Null for the log of the installation.</param>
    private async Task<bool> PurgeAuditAsync(ProjectId? project, long start, CancellationToken cancellationToken) =>
        options.Value.Changes is not { } changes
        || await StepsAsync(stop => audit.RemoveAsync(project, time.GetUtcNow() - changes, stop), start, cancellationToken);

    private async Task<bool> StepsAsync(Func<CancellationToken, Task<bool>> step, long start, CancellationToken cancellationToken)
    {
        while (time.GetElapsedTime(start) < RunBudget)
        {
            if (await step(cancellationToken))
                return true;
        }

        return false;
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset? other) => other < one ? other.Value : one;

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Information,
            Message = "Project {Name} ({ProjectId}): more rows are past their retention; the next run continues.")]
        public static partial void Left(ILogger logger, string name, ProjectId projectId);

        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "Project {Name} ({ProjectId}): nothing is removed, because a row that says what is still to be reported cannot be "
                + "read.")]
        public static partial void NotKnown(ILogger logger, string name, ProjectId projectId);
    }
}

/// <summary>How long what is past is kept. Without a setting it is kept for ever. What is still to be reported is never removed.</summary>
public sealed class RetentionOptions
{
    public const string Section = "LinkMonitor:Retention";

    /// <summary>Changes, the histories of links, and the audit log. At least 31 days; null for ever.</summary>
    [Range(typeof(TimeSpan), "31.00:00:00", "3660.00:00:00")]
    public TimeSpan? Changes { get; set; }

    /// <summary>
    /// The texts, HTML and explanations in the evidence of changes; the rest of it stays with the change. At least 31 days; null for ever.
    /// </summary>
    [Range(typeof(TimeSpan), "31.00:00:00", "3660.00:00:00")]
    public TimeSpan? Evidence { get; set; }

    /// <summary>Alerts that have been sent. At least 31 days; null for ever.</summary>
    [Range(typeof(TimeSpan), "31.00:00:00", "3660.00:00:00")]
    public TimeSpan? Alerts { get; set; }

    /// <summary>The marks of a link's days, in days: what refunds are claimed with. 31 to 1,100, which is the default.</summary>
    [Range(31, DayLog.MaxDays)]
    public int DayMarks { get; set; } = DayLog.MaxDays;
}

internal static class RetentionServices
{
    public static IServiceCollection AddRetention(this IServiceCollection services) =>
        services.AddSettings<RetentionOptions>(RetentionOptions.Section).AddSingleton<RetentionPurge>().AddSingleton<ImportRetention>();
}

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
