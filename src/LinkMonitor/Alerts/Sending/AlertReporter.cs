using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using LinkMonitor.Alerts.Planning;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.LinkTypes;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Alerts.Sending;

/// <summary>
/// Reports what there is to report of a project: plans it, then sends what is due. What is to be reported, and to whom, is stored before
/// anything is sent, and every answer is stored when it comes. One worker at a time has a project, for a limited time; what is left goes on
/// with the next message.
/// </summary>
internal sealed partial class AlertReporter(
    IProjectStore projects,
    IChannelStore channels,
    ILinkStore links,
    ILinkTypeStore types,
    IAlertStore alerts,
    NudgeSender nudges,
    AlertPlanning planning,
    AlertDelivery delivery,
    PausedRoutes resting,
    IOptions<AlertOptions> options,
    TimeProvider time,
    ILogger<AlertReporter> logger)
{
    private const int AlertsAtATime = 8;

    // What is begun within the budget may take so much longer; more than a storage call with its retries, or one sending.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    // Of the run: a planning that hangs leaves time to send what was planned before.
    private const double PlanningShare = 0.5;
    private static readonly TimeSpan PlanningGrace = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan TakeTime = TimeSpan.FromSeconds(20);

    public async Task TellAsync(ProjectId projectId, CancellationToken cancellationToken)
    {
        AlertWork? taken = null;
        await Bounded.RunAsync(
            async stop =>
            {
                // A check has only sent the message: from here on the sweep goes on with the project, whatever becomes of this worker.
                await alerts.MarkPendingAsync(projectId, time.GetUtcNow(), stop);
                taken = await nudges.TakeAsync(projectId, stop);
            },
            TakeTime, time, cancellationToken);
        if (taken is null)
        {
            Log.Busy(logger, projectId);
            return;
        }

        try
        {
            var budget = new RunBudget(time, options.Value.RunBudget);
            await Bounded.RunAsync(stop => RunAsync(projectId, budget, stop), options.Value.RunBudget + Grace, time, cancellationToken);
        }
        catch (UnreadableRowException unreadable)
        {
            // The row is listed under failures. Trying again at once is of no use: the sweep does it.
            Log.Unreadable(logger, projectId, unreadable.Message);
        }
        finally
        {
            // Also after a failure: whoever tries again need not wait for the lease to end.
            await Bounded.RunAsync(stop => nudges.GiveBackAsync(taken, stop), TakeTime, time, CancellationToken.None);
        }
    }

    private async Task RunAsync(ProjectId projectId, RunBudget budget, CancellationToken cancellationToken)
    {
        if (projectId == Alert.OperatorPartition)
        {
            await DeliverAsync(projectId, new DeliveryRun(null, new Dictionary<string, Channel>(), budget, resting), cancellationToken);
            return;
        }

        if (await projects.GetAsync(projectId, cancellationToken) is not { } project)
        {
            // A check that was under way when the project was deleted may have written after it was purged.
            Log.ProjectGone(logger, projectId);
            await projects.DeleteAsync(projectId, time.GetUtcNow(), cancellationToken);
            return;
        }

        // What was planned before goes out whatever becomes of the planning.
        var failure = await PlanAsync(project, budget, cancellationToken);
        var listed = await channels.ListAsync(project, cancellationToken);
        var known = listed.Items.ToDictionary(channel => channel.Id.Value, StringComparer.Ordinal);
        await DeliverAsync(
            projectId,
            new DeliveryRun(project, known, budget, resting)
            {
                Unreadable = listed.SetAside.ToHashSet(StringComparer.Ordinal),
                Types = known.Values.Any(channel => channel.Choice.AsksTypes)
                    ? await types.ReadAsync(projectId, cancellationToken)
                    : ProjectTypes.BuiltIn,
            },
            cancellationToken);
        failure?.Throw();
    }

    private async Task<ExceptionDispatchInfo?> PlanAsync(Project project, RunBudget budget, CancellationToken cancellationToken)
    {
        try
        {
            var share = new RunBudget(time, budget.Left * PlanningShare);
            await Bounded.RunAsync(stop => planning.PlanAsync(project, share, stop), share.Left + PlanningGrace, time, cancellationToken);
            return null;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return ExceptionDispatchInfo.Capture(e);
        }
    }

    private async Task DeliverAsync(ProjectId projectId, DeliveryRun run, CancellationToken cancellationToken)
    {
        var open = await alerts.ReadOpenAsync(projectId, cancellationToken);
        await EmptyOutboxAsync(projectId, open, cancellationToken);
        var next = new EarliestTime();
        var side = new ParallelOptions { MaxDegreeOfParallelism = AlertsAtATime, CancellationToken = cancellationToken };

        // What was never tried comes first, so that what hangs holds up nobody else.
        var failures = new ConcurrentQueue<Exception>();
        await Parallel.ForEachAsync(open.Items.OrderBy(Tries).ThenBy(alert => alert.CreatedAt), side, async (alert, stop) =>
        {
            try
            {
                next.Take(await delivery.DeliverAsync(run, alert, stop));
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                // The others go out first; then the message fails, is noted under failures and comes again.
                failures.Enqueue(e);
            }
        });
        if (next.At is { } at)
            await nudges.NudgeAsync(projectId, at, cancellationToken);
        if (failures.OrderBy(failure => failure is UnreadableRowException).FirstOrDefault() is { } first)
            ExceptionDispatchInfo.Throw(first);
    }

    /// <summary>
    /// What an open alert reports leaves the outbox before the alert can be closed: afterwards nobody would know any more that it was
    /// reported. Rows are left there only when whoever planned died right after it.
    /// </summary>
    private async Task EmptyOutboxAsync(ProjectId projectId, RowsRead<Alert> open, CancellationToken cancellationToken)
    {
        if (open.SetAside.Count == 0 && open.Items.All(alert => alert.ChangeCount == 0))
            return;
        var left = (await links.ReadOutboxKeysAsync(projectId, cancellationToken)).ToHashSet(StringComparer.Ordinal);
        if (left.Count == 0)
            return;
        left.IntersectWith(await alerts.ReadReportedAsync(projectId, open, cancellationToken));
        if (left.Count > 0)
            await links.RemoveFromOutboxAsync(projectId, left, cancellationToken);
    }

    private static int Tries(Alert alert) =>
        alert.Deliveries.Where(one => one.State == DeliveryState.Waiting).Select(one => one.Attempts).DefaultIfEmpty().Max();

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Project {ProjectId} no longer exists; nothing to report.")]
        public static partial void ProjectGone(ILogger logger, ProjectId projectId);

        [LoggerMessage(
            Level = LogLevel.Debug, Message = "Project {ProjectId}: something to report waits for a row that cannot be read. {Reason}")]
        public static partial void Unreadable(ILogger logger, ProjectId projectId, string reason);

        [LoggerMessage(Level = LogLevel.Debug, Message = "Another worker reports for project {ProjectId}; left to it.")]
        public static partial void Busy(ILogger logger, ProjectId projectId);
    }
}
