using LinkMonitor.Alerts.Telling;
using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Moving;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Queues;
using LinkMonitor.Storage.Writing;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Monitoring;

/// <summary>Applies one observation of a page to one link watched on it, and keeps the outcome.</summary>
public sealed partial class LinkCheck(
    LinkChecker checker,
    ILinkStore links,
    IPageStore pages,
    IAlertStore alerts,
    IWorkQueues queues,
    IOptions<MonitoringOptions> options,
    IOptions<TellingOptions> telling,
    TimeProvider time,
    ILogger<LinkCheck> logger)
{
    /// <summary>A watch without a link is a registration under way until it is this old.</summary>
    internal static readonly TimeSpan OrphanAge = TimeSpan.FromHours(1);

    /// <summary>
    /// Judges, tracks and saves. When somebody else wrote the link meanwhile, the same observation is judged against what they wrote.
    /// </summary>
    /// <param name="moves">Looks for a link that vanished; shared by the links of the page in this round.</param>
    /// <returns>When the link wants its page checked again; null when there is no such link any more.</returns>
    public async Task<DateTimeOffset?> ApplyAsync(
        PageKey page, Watcher watcher, Project project, Observation observation, MoveSearch moves, CancellationToken cancellationToken)
    {
        while (await links.GetAsync(watcher.ProjectId, watcher.LinkId, cancellationToken) is { } link)
        {
            var verdict = await checker.CheckAsync(observation, link.Expectation, link.Status, cancellationToken);
            var result = LinkTracker.Apply(link.Status, verdict, project.Confirmation);
            if (MoveSearch.IsDue(link.Status, verdict, result)
                && await moves.FindAsync(link.Expectation, link.Status.LastSeenEvidence, cancellationToken) is { } moved)
                result = LinkTracker.Apply(link.Status, verdict with { MovedTo = moved }, project.Confirmation);
            var outcome = await SaveAsync(link, result, cancellationToken);
            if (outcome == SaveOutcome.Saved)
                return NextCheck.For(result, project.CheckEvery, observation, options.Value);
            Log.LinkMoved(logger, watcher.LinkId, outcome);
        }

        await ForgetOrphanAsync(page, watcher, cancellationToken);
        return null;
    }

    /// <summary>Whether the last check of the link, if there was one, could see its page.</summary>
    public async Task<bool> WasObservedAsync(Watcher watcher, CancellationToken cancellationToken) =>
        await links.GetAsync(watcher.ProjectId, watcher.LinkId, cancellationToken) is
        { Status: { LastObservedAt: not null, UnobservedSince: null } };

    private async Task<SaveOutcome> SaveAsync(WatchedLink link, TrackingResult result, CancellationToken cancellationToken)
    {
        if (ReferenceEquals(result.Status, link.Status))
            return SaveOutcome.Saved;

        var change = result.Transition is { } transition ? ChangeOf(link, transition) : null;
        if (change is not { Transition.Alerts: true })
            return await links.SaveCheckAsync(link with { Status = result.Status }, change, cancellationToken);

        // The note comes before the outbox row: a crash between the two leaves a note too many, never a change untold.
        await alerts.MarkPendingAsync(link.ProjectId, time.GetUtcNow(), cancellationToken);
        var outcome = await links.SaveCheckAsync(link with { Status = result.Status }, change, cancellationToken);
        if (outcome == SaveOutcome.Saved)
            await queues.SendAlertNudgeAsync(link.ProjectId, telling.Value.GroupingDelay, cancellationToken);
        return outcome;
    }

    private static LinkChange ChangeOf(WatchedLink link, LinkTransition transition) => new()
    {
        Id = ChangeIds.For(link.ProjectId, link.Id, transition),
        ProjectId = link.ProjectId,
        LinkId = link.Id,
        Page = link.Page,
        Target = link.Expectation.Target,
        Transition = transition,
    };

    private async Task ForgetOrphanAsync(PageKey page, Watcher watcher, CancellationToken cancellationToken)
    {
        if (time.GetUtcNow() - watcher.Since < OrphanAge)
            return;
        await pages.RemoveOrphanAsync(page, watcher, cancellationToken);
        Log.OrphanForgotten(logger, watcher.LinkId);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "Link {LinkId} was written by somebody else ({Outcome}); judging again.")]
        public static partial void LinkMoved(ILogger logger, LinkId linkId, SaveOutcome outcome);

        [LoggerMessage(Level = LogLevel.Information, Message = "Removed the watch of link {LinkId}, which no longer exists.")]
        public static partial void OrphanForgotten(ILogger logger, LinkId linkId);
    }
}
