using LinkMonitor.Alerts.Planning;
using LinkMonitor.Failures;
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
/// Reads what of a project there is to report, has <see cref="AlertPlanner"/> decide, and stores the decision before anything is sent. The
/// plan's version serialises it: of two workers one writes, and the other starts over with what the first left.
/// </summary>
internal sealed partial class AlertPlanning(
    IChannelStore channels,
    ILinkStore links,
    ILinkTypeStore types,
    IAlertStore alerts,
    IAlertPlanStore plans,
    NudgeSender nudges,
    PlanReader reader,
    AlertPlanner planner,
    ISetAside aside,
    IOptions<AlertOptions> options,
    TimeProvider time,
    ILogger<AlertPlanning> logger)
{
    // Who loses a race has seen another worker plan; what came in after that worker's reading has a nudge of its own.
    private const int MaxLostRaces = 10;

    // The rest is for the next message: a project with very much to report does not keep a worker for ever.
    private const int MaxSteps = 50;

    /// <summary>Plans until nothing is left that could be planned now, or the run's time is over; then a nudge continues with it.</summary>
    public async Task PlanAsync(Project project, RunBudget budget, CancellationToken cancellationToken)
    {
        var lostRaces = 0;
        for (var steps = 0; steps < MaxSteps && lostRaces < MaxLostRaces && !budget.IsSpent; steps++)
        {
            var stored = await plans.GetAsync(project.Id, cancellationToken);
            var plan = AlertTimes.Mend(stored, options.Value, time.GetUtcNow());
            if (!ReferenceEquals(plan, stored))
                await aside.NoteFutureAsync($"plan {project.Id}", cancellationToken);
            if (!IsDue(plan))
                return;
            var listed = await channels.ListAsync(project, cancellationToken);
            var active = listed.Items.Where(channel => channel.State == ChannelState.Active).ToList();
            var input = await reader.ReadAsync(
                new PlanContext(project, plan, active, time.GetUtcNow())
                {
                    Unreadable = listed.SetAside,
                    Types = active.Exists(channel => channel.Choice.AsksTypes)
                        ? await types.ReadAsync(project.Id, cancellationToken)
                        : ProjectTypes.BuiltIn,
                },
                cancellationToken);
            var draft = planner.Plan(input);
            if (!await WriteAsync(input.Context, draft, cancellationToken))
                lostRaces++;
            else if (!draft.HasMore)
                return;
        }

        if (lostRaces == MaxLostRaces)
            Log.LostRaces(logger, project.Id, lostRaces);
        await nudges.NudgeAsync(project.Id, time.GetUtcNow(), cancellationToken);
    }

    private bool IsDue(AlertPlan plan) => plan.ReadAt is not { } readAt || readAt <= time.GetUtcNow() || plan.WakeAt <= time.GetUtcNow();

    /// <returns>False when somebody else planned meanwhile: nothing was written.</returns>
    private async Task<bool> WriteAsync(PlanContext context, PlanDraft draft, CancellationToken cancellationToken)
    {
        // The wake-up first: a crash after it leaves one too many, which finds nothing to do.
        if (draft.WakeAt is { } wakeAt && wakeAt != context.Plan.WakeAt)
            await alerts.WakeAsync(context.Project.Id, wakeAt, cancellationToken);
        var step = draft.ToStep(context.Plan);
        if (IsNews(context.Plan, step) && await plans.TryWriteAsync(step, cancellationToken) is null)
            return false;

        foreach (var opened in step.Opened)
            Log.Opened(
                logger, opened.Alert.Id, opened.Alert.Kind, context.Project.Id, opened.Alert.ChangeCount, opened.Alert.Deliveries.Count);

        // Only what is in a stored alert, or in none on purpose, leaves the outbox; a crash before this leaves it to the next planning.
        if (draft.Taken.Count > 0)
            await links.RemoveFromOutboxAsync(context.Project.Id, draft.Taken, cancellationToken);
        if (draft.Held.Count > 0)
            await links.HoldAsync(context.Project.Id, draft.Held, cancellationToken);
        if (draft.NudgeAt is { } nudgeAt && !draft.HasMore)
            await nudges.NudgeAsync(context.Project.Id, nudgeAt, cancellationToken);
        return true;
    }

    private static bool IsNews(AlertPlan before, PlanResult step) =>
        before.ETag is null || step.Rows > 0 || before.ReadAt != step.Plan.ReadAt || before.WakeAt != step.Plan.WakeAt
        || step.Plan.Causes.Keys.Any(cause => !before.Causes.ContainsKey(cause))
        || before.Digests.Count != step.Plan.Digests.Count || !before.Digests.All(step.Plan.Digests.Contains);

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Debug,
            Message = "Alert {AlertId} ({Kind}) of project {ProjectId} opened with {Changes} changes for {Deliveries} deliveries.")]
        public static partial void Opened(ILogger logger, string alertId, AlertKind kind, ProjectId projectId, int changes, int deliveries);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Project {ProjectId}: other workers planned first {Races} times; left to them.")]
        public static partial void LostRaces(ILogger logger, ProjectId projectId, int races);
    }
}
