using LinkMonitor.Api;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Monitoring;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Telemetry;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Links;

/// <summary>Registers, edits and removes watched links across the tables, so that nothing accepted is lost.</summary>
internal sealed class LinkRegistry(
    ILinkStore links, IFormerLinkStore formers, IPageStore pages, PageSchedule schedule, TermSchedule terms, TimeProvider time)
{
    /// <summary>A watch whose link is missing is forgotten after an hour: one so old may be on its way out, and is written anew.</summary>
    internal static readonly TimeSpan Fresh = LinkUpdate.OrphanAge / 2;

    /// <summary>
    /// Registers a link. One that is there gets what was given, unless the draft leaves it as it is
    /// (<see cref="LinkDraft.LeavesKnown"/>). Safe to repeat after a crash at any point.
    /// </summary>
    /// <returns>
    /// The outcome is <see cref="RegistrationOutcome.Invalid"/> when given terms do not fit those that are there
    /// (<see cref="TermsRules"/>); the link is left as it was, or not registered.
    /// </returns>
    public async Task<Registration> RegisterAsync(Project project, LinkDraft draft, CancellationToken cancellationToken)
    {
        var id = draft.Id;
        var known = await links.GetAsync(project.Id, id, cancellationToken);
        var now = time.GetUtcNow();
        if (known is null && PlanNew(project, id, draft, now) is { Outcome: RegistrationOutcome.Invalid } misfit)
            return misfit;

        // The watch comes first: an answer is given only when the schedule knows the link, and an orphan watch is cleaned up later.
        // A known link's page keeps its turn, so that importing the same file again does not recheck everything.
        await pages.WatchAsync(draft.Page, project.Id, id, known is null ? now : now + project.CheckEvery, cancellationToken);
        if (known is not null)
            return await KnownAsync(draft, known, cancellationToken);

        var link = NewLink(project, id, draft, now);
        if (link.Terms?.End is not null)
            await terms.LookSoonAsync(project.Id, [id], cancellationToken);
        var registered = await links.RegisterAsync(link, cancellationToken);
        await WatchAgainAsync([link], now, cancellationToken);
        return registered.Created
            ? new Registration(RegistrationOutcome.Created, registered.Link)
            : await KnownAsync(draft, registered.Link, cancellationToken);
    }

    /// <summary>
    /// Renews the watches of links that have just been stored, where they are gone or old: somebody who deleted the same link meanwhile may
    /// have taken its watch away before ours was there.
    /// </summary>
    /// <param name="some">At least one, all of one project and one page.</param>
    /// <param name="since">When their watches were written.</param>
    public async Task WatchAgainAsync(IReadOnlyList<WatchedLink> some, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var watching = time.GetUtcNow() - since > Fresh ? [] : await WatchingAsync(some, cancellationToken);
        foreach (var link in some)
        {
            if (!watching.Contains(link.Id))
                await pages.WatchAsync(link.Page, link.ProjectId, link.Id, since, cancellationToken);
        }
    }

    // One alone costs one row; the watchers of a page come in one query.
    private async Task<HashSet<LinkId>> WatchingAsync(IReadOnlyList<WatchedLink> some, CancellationToken cancellationToken)
    {
        var (page, project) = (some[0].PageKey, some[0].ProjectId);
        if (some is [var alone])
            return await pages.IsWatchedByAsync(page, project, alone.Id, cancellationToken) ? [alone.Id] : [];
        var watching = new HashSet<LinkId>();
        await foreach (var watcher in pages.ReadWatchersAsync(page, cancellationToken))
            if (watcher.ProjectId == project)
                watching.Add(watcher.LinkId);
        return watching;
    }

    /// <summary>Null when the link is there and its row cannot be read: that is noted already, and keeps no other link out.</summary>
    public static async Task<Registration?> IfReadableAsync(Task<Registration> act)
    {
        try
        {
            return await act;
        }
        catch (UnreadableRowException)
        {
            return null;
        }
    }

    /// <summary>What registering would do now. Writes nothing.</summary>
    /// <returns>As of <see cref="RegisterAsync"/>, with the link as it would be.</returns>
    public async Task<Registration> PlanAsync(Project project, LinkDraft draft, CancellationToken cancellationToken)
    {
        var id = draft.Id;
        if (await links.GetAsync(project.Id, id, cancellationToken) is not { } known)
            return PlanNew(project, id, draft, time.GetUtcNow());
        var edited = TermsRules.Guard(known, draft.Parts.ApplyTo(known), out var misfits);
        return misfits.Any ? new Registration(RegistrationOutcome.Invalid, known)
            : edited == known ? new Registration(RegistrationOutcome.Unchanged, known)
            : new Registration(RegistrationOutcome.Updated, edited) { Was = known };
    }

    /// <summary>What registering a link would do that is not there.</summary>
    private static Registration PlanNew(Project project, LinkId id, LinkDraft draft, DateTimeOffset now)
    {
        var link = NewLink(project, id, draft, now);
        return draft.HasFittingTerms
            ? new Registration(RegistrationOutcome.Created, link)
            : new Registration(RegistrationOutcome.Invalid, link with { Terms = null });
    }

    /// <summary>Notes what a tool says of a link in the place of what it said before. Null when there is no such link.</summary>
    public async Task<WatchedLink?> NoteAsync(WatchedLink link, VendorNote note, CancellationToken cancellationToken) =>
        (await EditAsync(link.ProjectId, link.Id, one => one.WithNote(note), cancellationToken))?.Link;

    /// <summary>Applies an edit to the newest version of a link. Null when there is no such link.</summary>
    /// <returns>Whether it changed, and the link as it is and was.</returns>
    public async Task<(bool Changed, WatchedLink Link, WatchedLink Was)?> EditAsync(
        ProjectId projectId, LinkId linkId, Func<WatchedLink, WatchedLink> edit, CancellationToken cancellationToken)
    {
        (bool Changed, WatchedLink Link, WatchedLink Was)? result = null;
        await Contention.RunAsync($"Link {linkId}", async () =>
        {
            if (await links.GetAsync(projectId, linkId, cancellationToken) is not { } link)
                return true;
            var edited = WithoutFormerActs(edit(link), link);
            if (edited == link)
            {
                result = (false, link, link);
                return true;
            }

            if (edited.Expectation != link.Expectation)
                edited = edited with { Status = edited.Status with { ExpectationChanged = true } };
            if (edited.Terms?.End is not null && edited.Terms != link.Terms)
                await terms.LookSoonAsync(projectId, [linkId], cancellationToken);
            if (await links.SaveAsync(edited, cancellationToken) != SaveOutcome.Saved)
                return false;
            if (edited.Expectation != link.Expectation)
                await pages.UnsettleAsync(link.PageKey, cancellationToken);

            // Whose act it was is nothing that people set.
            result = (edited with { MuteAct = link.MuteAct, TypeAct = link.TypeAct, ETag = link.ETag } != link, edited, link);
            return true;
        }, cancellationToken);
        return result;
    }

    /// <summary>Removes a link and its watch; who did it stays. False when it was not there.</summary>
    /// <param name="undoId">The act by which it can be brought back; null for none.</param>
    /// <param name="replacedBy">The link in its place; null when it is deleted.</param>
    public async Task<bool> RemoveAsync(
        WatchedLink link, Author by, string? undoId, LinkId? replacedBy, CancellationToken cancellationToken)
    {
        await formers.PutAsync(
            new FormerLink(
                link.ProjectId, link.Id, link.Page.Href, link.Expectation.Target.Href, time.GetUtcNow(), by, replacedBy, link.Replaces,
                undoId),
            cancellationToken);

        // The watch goes first: the other way round the watch of a registration that comes in between would be taken away. A crash
        // between the two leaves a link that is not checked, whose deletion was not answered and is to be repeated.
        await pages.UnwatchAsync(link.PageKey, link.ProjectId, link.Id, cancellationToken);
        return await links.DeleteAsync(link.ProjectId, link.Id, cancellationToken);
    }

    /// <summary>Asks for the first check of a link that has just been registered at once.</summary>
    public Task CheckNewAsync(WatchedLink link, CancellationToken cancellationToken) =>
        schedule.EnqueueNowAsync(link.PageKey, cancellationToken);

    /// <summary>Asks for a check at once.</summary>
    public async Task CheckNowAsync(WatchedLink link, CancellationToken cancellationToken)
    {
        await pages.WatchAsync(link.Page, link.ProjectId, link.Id, time.GetUtcNow(), cancellationToken);
        await schedule.EnqueueNowAsync(link.PageKey, cancellationToken);
    }

    /// <inheritdoc cref="PageSchedule.EnqueueNowAsync(IReadOnlyCollection{PageKey}, CancellationToken)"/>
    public async Task CheckNowAsync(IReadOnlyCollection<WatchedLink> some, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = LinkBulk.AtATime, CancellationToken = cancellationToken };
        var onePerPage = some.DistinctBy(link => link.PageKey).ToList();
        await Parallel.ForEachAsync(
            onePerPage, parallel, async (link, stop) => await pages.WatchAsync(link.Page, link.ProjectId, link.Id, now, stop));
        await schedule.EnqueueNowAsync([.. onePerPage.Select(link => link.PageKey)], cancellationToken);
    }

    /// <summary>
    /// Asks for a check at once, unless one was or will be soon; see <see cref="PageSchedule.EnqueueUnlessRecentAsync"/>.
    /// </summary>
    /// <returns>Null when a check was asked for; otherwise when it may be asked for again.</returns>
    public Task<DateTimeOffset?> CheckUnlessRecentAsync(WatchedLink link, TimeSpan pause, CancellationToken cancellationToken) =>
        schedule.EnqueueUnlessRecentAsync(link.PageKey, pause, cancellationToken);

    private async Task<Registration> KnownAsync(LinkDraft draft, WatchedLink known, CancellationToken cancellationToken)
    {
        if (!draft.LeavesKnown)
            return await UpdateAsync(draft, known, cancellationToken);
        if (draft.VendorNote is not { } note || known.ImportId == draft.ImportId)
            return new Registration(RegistrationOutcome.Unchanged, known);
        return new Registration(RegistrationOutcome.Unchanged, await NoteAsync(known, note, cancellationToken) ?? known);
    }

    private async Task<Registration> UpdateAsync(LinkDraft draft, WatchedLink known, CancellationToken cancellationToken)
    {
        FieldErrors misfits = new();
        var edited = await EditAsync(
            known.ProjectId, known.Id, link => TermsRules.Guard(link, draft.Parts.ApplyTo(link), out misfits), cancellationToken);
        if (misfits.Any)
            return new Registration(RegistrationOutcome.Invalid, edited?.Link ?? known);
        return edited is { Changed: true } changed
            ? new Registration(RegistrationOutcome.Updated, changed.Link) { Was = changed.Was }
            : new Registration(RegistrationOutcome.Unchanged, edited?.Link ?? known);
    }

    // Whoever says otherwise what an act said has the last word: the act is not undone there any more.
    private static WatchedLink WithoutFormerActs(WatchedLink edited, WatchedLink link) => edited with
    {
        MuteAct = edited.MuteAct == link.MuteAct && !LinkAspect.Mute.AreSame(edited, link) ? null : edited.MuteAct,
        TypeAct = edited.TypeAct == link.TypeAct && !LinkAspect.Type.AreSame(edited, link) ? null : edited.TypeAct,
    };

    /// <summary>A link that is not there yet, as it is to be stored.</summary>
    public static WatchedLink NewLink(Project project, LinkId id, LinkDraft draft, DateTimeOffset now) =>
        draft.Parts.ApplyTo(new WatchedLink
        {
            ProjectId = project.Id,
            Id = id,
            PageKey = PageRowKeys.For(draft.Page),
            Page = draft.Page,
            Expectation = new Expectation { Target = draft.Target, Match = draft.Match },
            ImportId = draft.ImportId,
            VendorNotes = draft.VendorNote is { } note ? [note] : [],
            CreatedAt = now,
            Trace = ProductTelemetry.CurrentTrace,
            Status = LinkStatus.New(now),
        }) with
        { Status = LinkStatus.New(now) };
}

/// <summary>A request to register a link that was read and is sound.</summary>
internal sealed record LinkDraft(WebUrl Page, WebUrl Target, TargetMatch Match, LinkParts Parts)
{
    /// <summary>
    /// A link that is registered already stays as people left it; only what a tool says of it (<see cref="VendorNote"/>) takes the place of
    /// what it said before. False by default: then it gets what is given here.
    /// </summary>
    public bool LeavesKnown { get; init; }

    /// <summary>The link that it is, whether or not that is registered.</summary>
    public LinkId Id => LinkIdFactory.For(Page, Target, Match);

    /// <summary>The terms fit together, for a link that is not there yet (<see cref="TermsRules"/>).</summary>
    public bool HasFittingTerms => TermsRules.Fit(Parts.Terms?.ApplyTo(null));

    /// <summary>The import that it comes from; null for none.</summary>
    public string? ImportId { get; init; }

    /// <summary>What the tool that listed it says of it.</summary>
    public VendorNote? VendorNote { get; init; }
}

/// <summary>What came of registering a link.</summary>
/// <param name="Outcome">One of <see cref="RegistrationOutcome"/>.</param>
/// <param name="Link">As it is stored; when the outcome is invalid, what the given terms did not fit.</param>
internal sealed record Registration(string Outcome, WatchedLink Link)
{
    /// <summary>What a link that was updated was before; null otherwise.</summary>
    public WatchedLink? Was { get; init; }
}

/// <summary>Which links are one link, however they are written.</summary>
internal static class LinkSpelling
{
    /// <summary>
    /// The same for all spellings of one link. "www.", http or https, slashes at the end, tracking parameters and the order of parameters
    /// make no other page, and no other target but for one that is matched to the letter; of one that is matched by its host, only the
    /// host counts.
    /// </summary>
    public static string KeyOf(WebUrl page, WebUrl target, TargetMatch match) =>
        $"{UrlKeys.TargetKey(page)}\n{TargetOf(target, match)}\n{WireName.Of(match)}";

    private static string TargetOf(WebUrl target, TargetMatch match) => match switch
    {
        TargetMatch.Exact => target.Fragment is "" ? target.WithoutFragment().Href : target.Href,
        TargetMatch.Host when WebUrl.TryParse($"https://{target.Host}/", out var host) => UrlKeys.TargetKey(host),
        _ => UrlKeys.TargetKey(target),
    };
}
