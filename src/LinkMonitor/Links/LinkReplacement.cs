using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Pages;

namespace LinkMonitor.Links;

/// <summary>
/// Gives a link another page, target or match. These make its identity, so another link takes its place, with all that was said and agreed
/// of it and its days; what was seen of it begins anew, and its changes stay with the identity that they were reported of.
/// </summary>
internal sealed class LinkReplacement(ILinkStore links, IPageStore pages, TermSchedule terms, LinkRegistry registry, TimeProvider time)
{
    /// <summary>Safe to repeat after a crash at any point: until the old link is gone, the new one is known by what it took over.</summary>
    /// <returns>Null when the project watches another link of that identity already; nothing was changed then.</returns>
    public async Task<WatchedLink?> ReplaceAsync(
        WatchedLink link, WatchedLink edited, (WebUrl Page, WebUrl Target, TargetMatch Match) identity, CancellationToken cancellationToken)
    {
        var draft = Successor(edited, identity);
        var known = await links.GetAsync(link.ProjectId, draft.Id, cancellationToken);
        if (known is not null && !TookOver(known, draft))
            return null;

        // As with every registration the watch comes first, and again in case somebody deleted the same link meanwhile.
        await pages.WatchAsync(draft.Page, draft.ProjectId, draft.Id, draft.Status.Since, cancellationToken);
        if (draft.Terms?.End is not null)
            await terms.LookSoonAsync(draft.ProjectId, draft.Id, cancellationToken);
        var registered = await links.RegisterAsync(draft, cancellationToken);
        if (!TookOver(registered.Link, draft))
            return null;
        await pages.WatchAsync(draft.Page, draft.ProjectId, draft.Id, draft.Status.Since, cancellationToken);
        await registry.RemoveAsync(link, cancellationToken);
        return registered.Link;
    }

    private WatchedLink Successor(WatchedLink edited, (WebUrl Page, WebUrl Target, TargetMatch Match) identity) => edited with
    {
        Id = LinkIdFactory.For(identity.Page, identity.Target, identity.Match),
        PageKey = PageRowKeys.For(identity.Page),
        Page = identity.Page,
        Expectation = edited.Expectation with { Target = identity.Target, Match = identity.Match },
        Status = LinkStatus.New(time.GetUtcNow()) with { Days = edited.Status.Days },
        Answer = null,
        HandedPage = null,
        CaseId = null,
        ETag = null,
    };

    private static bool TookOver(WatchedLink known, WatchedLink draft) =>
        known.Expectation == draft.Expectation
        && known.Terms == draft.Terms
        && known.Note == draft.Note
        && known.CreatedAt == draft.CreatedAt
        && known.Tags.SequenceEqual(draft.Tags);
}

/// <summary>Has terms checked after they were set, so that reminders of them come.</summary>
internal sealed class TermSchedule(IAlertPlanStore plans, IAlertStore alerts, TimeProvider time)
{
    /// <summary>Longer than it takes to store the link after this: the check must find what was set.</summary>
    internal static readonly TimeSpan Delay = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Called before a link with terms is stored: a crash in between leaves a check that finds nothing, never terms that nobody is reminded
    /// of.
    /// </summary>
    public async Task LookSoonAsync(ProjectId projectId, LinkId linkId, CancellationToken cancellationToken)
    {
        var at = time.GetUtcNow() + Delay;
        await plans.CheckTermsAsync(projectId, new TermCheck(linkId, at), cancellationToken);
        await alerts.WakeAsync(projectId, at, cancellationToken);
    }
}
