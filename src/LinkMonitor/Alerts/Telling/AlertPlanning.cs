using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Queues;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Alerts.Telling;

/// <summary>
/// Decides what of a project is to be told, and to whom, and stores that before anything is sent. The plan's version serialises it: of two
/// workers one writes, and the other starts over with what the first left.
/// </summary>
internal sealed partial class AlertPlanning(
    IChannelStore channels,
    ILinkStore links,
    IAlertStore alerts,
    IAlertPlanStore plans,
    IWorkQueues queues,
    OutboxPlanning outbox,
    SettlePlanning settling,
    DigestPlanning digests,
    TermPlanning terms,
    IOptions<TellingOptions> options,
    TimeProvider time,
    ILogger<AlertPlanning> logger)
{
    // Who loses a race has seen another worker plan; what came in after that worker's reading has a nudge of its own.
    private const int MaxLostRaces = 10;

    // What one planning reads of the outbox at most: as much as one alert can tell.
    private const int MaxRead = Alert.MaxChanges;

    // Times of causes that a plan remembers; a forgotten one may at worst be told again too soon.
    private const int MaxCauses = 300;

    /// <summary>Plans until nothing is left that could be planned now.</summary>
    public async Task PlanAsync(Project project, CancellationToken cancellationToken)
    {
        var lostRaces = 0;
        while (lostRaces < MaxLostRaces)
        {
            var plan = await plans.GetAsync(project.Id, cancellationToken);
            if (!IsDue(plan))
                return;
            var active = (await channels.ListAsync(project, cancellationToken)).Where(channel => channel.State == ChannelState.Active).ToList();
            var context = new PlanContext(project, plan, active, time.GetUtcNow());
            var planned = await DecideAsync(context, cancellationToken);
            if (!await WriteAsync(context, planned, cancellationToken))
                lostRaces++;
            else if (!planned.HasMore)
                return;
        }

        Log.LostRaces(logger, project.Id, lostRaces);
    }

    private bool IsDue(AlertPlan plan) => plan.ReadAt is not { } readAt || readAt <= time.GetUtcNow() || plan.WakeAt <= time.GetUtcNow();

    private async Task<Planned> DecideAsync(PlanContext context, CancellationToken cancellationToken)
    {
        var planned = new Planned();
        foreach (var (cause, told) in context.Plan.Causes.OrderByDescending(cause => cause.Value).Take(MaxCauses))
        {
            if (told + options.Value.GroupInterval > context.Now)
                planned.Causes[cause] = told;
        }

        var unstable = await plans.ReadUnstableAsync(context.Project.Id, cancellationToken);
        var waiting = await ReadUnplannedAsync(context.Project.Id, cancellationToken);
        await outbox.PlanAsync(context, waiting, unstable, planned, cancellationToken);
        await settling.PlanAsync(context, unstable, planned, cancellationToken);
        await digests.PlanAsync(context, planned, cancellationToken);
        await terms.PlanAsync(context, planned, cancellationToken);
        return planned;
    }

    /// <summary>What is in the outbox and in no open alert. What is in one was left by a worker that died after planning it, and leaves now.</summary>
    private async Task<List<OutboxEntry>> ReadUnplannedAsync(ProjectId project, CancellationToken cancellationToken)
    {
        // The alerts first: one that is opened after this took its changes from the plan that we would then not be able to write.
        var open = await alerts.ReadOpenAsync(project, cancellationToken);
        var entries = await links.ReadOutboxAsync(project, cancellationToken).Take(MaxRead).ToListAsync(cancellationToken);
        if (entries.Count == 0 || open.All(alert => alert.ChangeCount == 0))
            return entries;

        var planned = new HashSet<string>(StringComparer.Ordinal);
        foreach (var alert in open)
            planned.UnionWith(await alerts.GetChangeKeysAsync(alert, cancellationToken));
        var left = entries.Select(entry => entry.Key).Where(planned.Contains).ToList();
        if (left.Count > 0)
            await links.RemoveFromOutboxAsync(project, left, cancellationToken);
        return [.. entries.Where(entry => !planned.Contains(entry.Key))];
    }

    /// <returns>False when somebody else planned meanwhile: nothing was written.</returns>
    private async Task<bool> WriteAsync(PlanContext context, Planned planned, CancellationToken cancellationToken)
    {
        // The wake-up first: a crash after it leaves one too many, which finds nothing to do.
        if (planned.WakeAt is { } wakeAt && wakeAt != context.Plan.WakeAt)
            await alerts.WakeAsync(context.Project.Id, wakeAt, cancellationToken);
        var step = planned.ToStep(context.Plan);
        if (IsNews(context.Plan, step) && await plans.TryWriteAsync(step, cancellationToken) is null)
            return false;

        foreach (var opened in planned.Opened)
            Log.Opened(logger, opened.Alert.Id, opened.Alert.Kind, context.Project.Id, opened.Alert.ChangeCount, opened.Alert.Deliveries.Count);

        // Only what is in a stored alert, or in none on purpose, leaves the outbox; a crash before this leaves it to the next planning.
        if (planned.Taken.Count > 0)
            await links.RemoveFromOutboxAsync(context.Project.Id, planned.Taken, cancellationToken);
        if (planned.Held.Count > 0)
            await links.HoldAsync(context.Project.Id, planned.Held, cancellationToken);
        if (planned.NudgeAt is { } nudgeAt && !planned.HasMore)
            await queues.SendAlertNudgeAsync(context.Project.Id, Positive(nudgeAt - context.Now), cancellationToken);
        return true;
    }

    private static bool IsNews(AlertPlan before, PlanStep step) =>
        before.ETag is null || step.Rows > 0 || before.ReadAt != step.Plan.ReadAt || before.WakeAt != step.Plan.WakeAt
        || step.Plan.Causes.Keys.Any(cause => !before.Causes.ContainsKey(cause))
        || before.Digests.Count != step.Plan.Digests.Count || !before.Digests.All(step.Plan.Digests.Contains);

    private static TimeSpan Positive(TimeSpan span) => span > TimeSpan.Zero ? span : TimeSpan.Zero;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Alert {AlertId} ({Kind}) of project {ProjectId} opened with {Changes} changes for {Deliveries} deliveries.")]
        public static partial void Opened(ILogger logger, string alertId, AlertKind kind, ProjectId projectId, int changes, int deliveries);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Project {ProjectId}: others planned first {Races} times; left to them.")]
        public static partial void LostRaces(ILogger logger, ProjectId projectId, int races);
    }
}
