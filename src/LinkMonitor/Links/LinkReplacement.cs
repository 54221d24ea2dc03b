using LinkMonitor.Cases;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Pages;

namespace LinkMonitor.Links;

/// <summary>
/// Gives a link another page, target or match. These make its identity, so another link takes its place, with all that was said and agreed
/// of it, its days and its open case; what was seen of it begins anew. Its changes stay with the identity that they were reported of, and
/// each of the two names the other. It can be undone for ten minutes.
/// </summary>
internal sealed class LinkReplacement(
    ILinkStore links, IPageStore pages, IUndoStore undo, TermSchedule terms, LinkRegistry registry, CaseFollowing cases, TimeProvider time)
{
    /// <summary>The name of the act.</summary>
    public const string Act = "replace";

    /// <summary>Safe to repeat after a crash at any point: until the old link is gone, the new one is known by what it took over.</summary>
    /// <returns>Null when the project watches another link of that identity already; nothing was changed then.</returns>
    public async Task<(WatchedLink Link, string UndoId)?> ReplaceAsync(
        WatchedLink link, WatchedLink edited, (WebUrl Page, WebUrl Target, TargetMatch Match) identity, Author by,
        CancellationToken cancellationToken)
    {
        var draft = await SuccessorAsync(link, edited, identity, cancellationToken);
        var known = await links.GetAsync(link.ProjectId, draft.Id, cancellationToken);
        if (known is not null && !TookOver(known, draft))
            return null;
        var act = new Undoable(link.ProjectId, UndoIds.New(), Act, by, time.GetUtcNow() + Undoable.Window)
        {
            What = $"Changed the link on {link.Page} into the one on {draft.Page} to {draft.Expectation.Target}",
            Successor = draft.Id,
            Made = LinkContent.OfPeople(draft),
        };
        await undo.BeginAsync(act, cancellationToken);
        await undo.KeepAsync(act, link.Id, cancellationToken);

        // As with every registration the watch comes first, and again in case somebody deleted the same link meanwhile.
        await pages.WatchAsync(draft.Page, draft.ProjectId, draft.Id, draft.Status.Since, cancellationToken);
        if (draft.Terms?.End is not null)
            await terms.LookSoonAsync(draft.ProjectId, [draft.Id], cancellationToken);
        var registered = await links.RegisterAsync(draft, cancellationToken);
        if (!TookOver(registered.Link, draft))
            return null;
        await pages.WatchAsync(draft.Page, draft.ProjectId, draft.Id, draft.Status.Since, cancellationToken);
        await cases.FollowAsync(link, registered.Link, by, cancellationToken);
        await registry.RemoveAsync(link, by, act.Id, draft.Id, cancellationToken);
        return (registered.Link, act.Id);
    }

    /// <summary>Puts a link back into the place that another one took. Safe to repeat after a crash at any point.</summary>
    /// <returns>False when somebody has changed either since: both stay as they are.</returns>
    public async Task<bool> UndoAsync(Undoable act, WatchedLink was, Author by, CancellationToken cancellationToken)
    {
        var isBack = await links.GetAsync(was.ProjectId, was.Id, cancellationToken) is { } now && now.CreatedAt == was.CreatedAt;
        if (act.Successor is not { } id || await links.GetAsync(was.ProjectId, id, cancellationToken) is not { } successor)
            return isBack;
        if (LinkContent.OfPeople(successor) != act.Made)
            return false;
        await pages.WatchAsync(was.Page, was.ProjectId, was.Id, time.GetUtcNow(), cancellationToken);
        var back = (await links.RegisterAsync(was with { ETag = null, CaseId = successor.CaseId ?? was.CaseId }, cancellationToken)).Link;
        if (back.CreatedAt != was.CreatedAt)
            return false;
        await cases.FollowAsync(successor, back, by, cancellationToken);
        await registry.RemoveAsync(successor, by, null, was.Id, cancellationToken);
        return true;
    }

    // Only an open case goes along: a closed one is about what was.
    private async Task<WatchedLink> SuccessorAsync(
        WatchedLink link, WatchedLink edited, (WebUrl Page, WebUrl Target, TargetMatch Match) identity,
        CancellationToken cancellationToken) => Successor(edited, identity) with
        {
            Replaces = link.Id,
            CaseId = await cases.IsOpenAsync(link, cancellationToken) ? link.CaseId : null,
        };

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
    /// Called before links whose terms end are stored: a crash in between leaves checks that find nothing, never terms that nobody is
    /// reminded of.
    /// </summary>
    /// <param name="linkIds">Each once; nothing is done for none.</param>
    public async Task LookSoonAsync(ProjectId projectId, IReadOnlyCollection<LinkId> linkIds, CancellationToken cancellationToken)
    {
        if (linkIds.Count == 0)
            return;
        var at = time.GetUtcNow() + Delay;
        await plans.CheckTermsAsync(projectId, [.. linkIds.Select(id => new TermCheck(id, at))], cancellationToken);
        await alerts.WakeAsync(projectId, at, cancellationToken);
    }
}

/// <summary>All that people have written of a link, as a text that changes with it and not with its checks.</summary>
internal static class LinkContent
{
    /// <summary>Besides what they set (<see cref="LinkVersion"/>) their last answer and the document that they handed over.</summary>
    public static string OfPeople(WatchedLink link) =>
        string.Join('-', LinkVersion.Of(link), link.Answer?.At.UtcTicks, link.HandedPage?.At.UtcTicks);
}
