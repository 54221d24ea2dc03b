using LinkMonitor.Keys;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Auditing;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.ClientReports;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Imports;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Projects;

/// <summary>
/// Removes what deleted projects owned, a thousand rows at a time and as long as a run may take; the next run goes on. Stopped at any
/// point, nothing is
/// forgotten: the note of a project goes last.
/// </summary>
internal sealed partial class ProjectPurge(
    IProjectStore projects,
    ILinkStore links,
    IChannelStore channels,
    IAlertStore alerts,
    IAuditStore audit,
    IImportStore imports,
    IClientReportStore reports,
    KeyRegistry keys,
    TimeProvider time,
    ILogger<ProjectPurge> logger)
{
    /// <summary>What one run takes at most, but for the step that it is at: less than what lies between two runs.</summary>
    internal static readonly TimeSpan RunBudget = TimeSpan.FromMinutes(3);

    /// <summary>Longer than any request or function that read the project before it was deleted may go on writing.</summary>
    internal static readonly TimeSpan Settling = TimeSpan.FromHours(1);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        await foreach (var project in projects.ReadDeletedAsync(cancellationToken))
        {
            if (!await PurgeAsync(project, start, cancellationToken))
                return;
        }
    }

    /// <returns>False when the time of the run was over before all was gone.</returns>
    private async Task<bool> PurgeAsync(DeletedProject project, long start, CancellationToken cancellationToken)
    {
        var id = project.Id;

        // A request that died between its two writes left the project standing.
        await projects.CompleteDeleteAsync(project, cancellationToken);
        await keys.ForgetAsync(id, cancellationToken);
        if (!await StepsAsync(step => links.PurgeAsync(id, step), start, cancellationToken)
            || !await StepsAsync(step => channels.PurgeAsync(id, step), start, cancellationToken)
            || !await StepsAsync(step => alerts.PurgeAsync(id, step), start, cancellationToken)
            || !await StepsAsync(step => imports.PurgeAsync(id, step), start, cancellationToken)
            || !await StepsAsync(step => reports.PurgeAsync(id, step), start, cancellationToken)
            || !await StepsAsync(step => audit.PurgeAsync(id, step), start, cancellationToken))
        {
            Log.Left(logger, id);
            return false;
        }

        if (time.GetUtcNow() - project.DeletedAt < Settling)
            return true;
        await projects.ForgetDeletedAsync(project, cancellationToken);
        Log.Purged(logger, id);
        return true;
    }

    private async Task<bool> StepsAsync(Func<CancellationToken, Task<bool>> step, long start, CancellationToken cancellationToken)
    {
        while (time.GetElapsedTime(start) < RunBudget)
        {
            if (await step(cancellationToken))
                return true;
        }

        return false;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Nothing is left of the deleted project {ProjectId}.")]
        public static partial void Purged(ILogger logger, ProjectId projectId);

        [LoggerMessage(Level = LogLevel.Information, Message = "The deleted project {ProjectId} is not purged yet; the next run "
            + "continues.")]
        public static partial void Left(ILogger logger, ProjectId projectId);
    }
}
