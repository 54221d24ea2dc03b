using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Telemetry;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Monitoring;

/// <summary>
/// The short round of a page: its site is asked whether the page has changed since it was read in full, and a page that comes is compared
/// with that reading. When nothing has changed, that is all its links need to know. Anything in doubt leads to a full fetch in the same
/// round.
/// </summary>
internal sealed class ConditionalRound(
    RelatedPages related, ILinkStore links, LinkUpdate linkCheck, ProductMeter meter, IOptions<MonitoringOptions> options,
    TimeProvider time)
{
    /// <summary>Asks the site. Null when there is nothing to go by: then the page must be read in full.</summary>
    internal async Task<ConditionalFetch?> AskAsync(
        WatchedPage page, IReadOnlyList<(Watcher Watcher, Project Project)> watching, bool obeyRobots,
        CancellationToken cancellationToken) =>
        page.LastFetch is { MayHold: true } lastFetch
            && !IsFullLookDue(lastFetch, watching.Select(one => one.Project), options.Value, time.GetUtcNow())
            && await IsEnoughAsync(lastFetch, watching, cancellationToken) is { } areAllThere
            ? await related.RecheckAsync(page.Url, obeyRobots, lastFetch, ignoresNumbers: areAllThere, cancellationToken)
            : null;

    /// <summary>
    /// Applies it to every link that the page has not changed. Null when that is not enough for one of them after all; what was written by
    /// then is true all the same.
    /// </summary>
    internal async Task<RoundOutcome?> ConfirmAsync(
        WatchedPage page,
        IReadOnlyList<(Watcher Watcher, Project Project)> watching,
        ConditionalFetch unchanged,
        TargetRound targets,
        CancellationToken cancellationToken)
    {
        var outcome = new RoundOutcome();
        foreach (var (watcher, project) in watching)
        {
            var round = project.CheckTargets ? targets : TargetRound.Off;
            if (await linkCheck.ConfirmAsync(page, watcher, project, unchanged, round, cancellationToken) is not { } link)
                return null;
            outcome.Add(watcher, link);
        }

        meter.CheckedUnchanged();
        return outcome;
    }

    /// <summary>Whether the round after this one would come too late for the next full fetch.</summary>
    internal static bool IsFullLookDue(LastFetch lastFetch, IEnumerable<Project> watching, MonitoringOptions options, DateTimeOffset now) =>
        StoredTime.IsFromFuture(lastFetch.SeenAt, now)
        || now + watching.Min(project => project.CheckEvery) > lastFetch.SeenAt + options.FullFetchEvery;

    // One after the other, and again when they are written: a page may have more links than should be held at once, and each may be edited
    // meanwhile.
    /// <returns>Null when it is not; else whether all the links are there, so that none of them rests on the text around it.</returns>
    private async Task<bool?> IsEnoughAsync(
        LastFetch lastFetch, IReadOnlyList<(Watcher Watcher, Project Project)> watching, CancellationToken cancellationToken)
    {
        var areAllThere = true;
        foreach (var (watcher, _) in watching)
        {
            if (await links.FindReadableAsync(watcher.ProjectId, watcher.LinkId, cancellationToken) is not { } link)
                continue;
            if (!UnchangedPage.IsEnough(link.Status, lastFetch.SeenAt))
                return null;
            areAllThere &= IsThere(link.Status);
        }

        return areAllThere;
    }

    /// <summary>Whether a link is on its page, so that it does not rest on the text around it.</summary>
    internal static bool IsThere(LinkStatus status) =>
        status is { State: LinkState.Live or LinkState.Changed, LastEvidence.LinkUrl: not null }
        && !status.Reasons.Any(static reason => reason.Code is ReasonCode.TargetChanged);
}
