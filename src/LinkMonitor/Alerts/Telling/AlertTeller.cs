using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Queues;

namespace LinkMonitor.Alerts.Telling;

/// <summary>
/// Tells what there is to tell of a project: plans it, then sends what is due. What is to be told, and to whom, is stored before anything is sent;
/// every answer is stored before the next message goes out.
/// </summary>
internal sealed partial class AlertTeller(
    IProjectStore projects,
    IChannelStore channels,
    ILinkStore links,
    IAlertStore alerts,
    IWorkQueues queues,
    AlertPlanning planning,
    AlertDelivery delivery,
    TimeProvider time,
    ILogger<AlertTeller> logger)
{
    public async Task TellAsync(ProjectId projectId, CancellationToken cancellationToken)
    {
        if (projectId == Alert.OperatorPartition)
        {
            await DeliverAsync(projectId, new DeliveryRun(null, new Dictionary<string, Channel>()), cancellationToken);
            return;
        }

        if (await projects.GetAsync(projectId, cancellationToken) is not { } project)
        {
            // A check that was under way when the project was deleted may have written after it.
            Log.ProjectGone(logger, projectId);
            await links.PurgeAsync(projectId, cancellationToken);
            await alerts.PurgeAsync(projectId, cancellationToken);
            return;
        }

        await planning.PlanAsync(project, cancellationToken);
        var known = (await channels.ListAsync(project, cancellationToken)).ToDictionary(channel => channel.Id.Value, StringComparer.Ordinal);
        await DeliverAsync(projectId, new DeliveryRun(project, known), cancellationToken);
    }

    private async Task DeliverAsync(ProjectId projectId, DeliveryRun run, CancellationToken cancellationToken)
    {
        var open = await alerts.ReadOpenAsync(projectId, cancellationToken);
        await EmptyOutboxAsync(projectId, open, cancellationToken);
        DateTimeOffset? next = null;
        foreach (var alert in open.OrderBy(Tries).ThenBy(alert => alert.CreatedAt))
        {
            var later = await delivery.DeliverAsync(run, alert, cancellationToken);
            next = later is null || next < later ? next : later;
        }

        if (next is { } at)
            await queues.SendAlertNudgeAsync(projectId, Delay(at), cancellationToken);
    }

    /// <summary>
    /// What an open alert tells leaves the outbox before the alert can be closed: afterwards nobody would know any more that it was told. Rows
    /// are left there only when whoever planned died right after it.
    /// </summary>
    private async Task EmptyOutboxAsync(ProjectId projectId, IReadOnlyList<Alert> open, CancellationToken cancellationToken)
    {
        if (open.All(alert => alert.ChangeCount == 0))
            return;
        var left = (await links.ReadOutboxKeysAsync(projectId, cancellationToken)).ToHashSet(StringComparer.Ordinal);
        if (left.Count == 0)
            return;
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var alert in open)
            told.UnionWith((await alerts.GetChangeKeysAsync(alert, cancellationToken)).Where(left.Contains));
        if (told.Count > 0)
            await links.RemoveFromOutboxAsync(projectId, told, cancellationToken);
    }

    // What was never tried comes first, so that what hangs holds up nobody else.
    private static int Tries(Alert alert) =>
        alert.Deliveries.Where(one => one.State == DeliveryState.Waiting).Select(one => one.Attempts).DefaultIfEmpty().Max();

    // Queues hold messages for at most seven days; the sweep finds what is due later.
    private TimeSpan Delay(DateTimeOffset at)
    {
        var delay = at - time.GetUtcNow();
        return delay < TimeSpan.Zero ? TimeSpan.Zero : delay < TimeSpan.FromDays(6) ? delay : TimeSpan.FromDays(6);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Project {ProjectId} no longer exists; nothing to tell.")]
        public static partial void ProjectGone(ILogger logger, ProjectId projectId);
    }
}
