using System.Globalization;
using LinkMonitor.Api;
using LinkMonitor.Auditing;
using LinkMonitor.Cases;
using LinkMonitor.Dashboard.Sessions;
using LinkMonitor.Engine.Explaining;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Keys;
using LinkMonitor.Links;
using LinkMonitor.Monitoring;
using LinkMonitor.Outreach;
using LinkMonitor.Projects;
using LinkMonitor.Storage.Cases;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.LinkTypes;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Views;
using LinkMonitor.Views.Slices;
using LinkMonitor.Wording;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Dashboard.Pages;

/// <summary><c>/app/p/{id}/links/{linkId}</c>: one link, why it is in its state, and the proof.</summary>
internal static class LinkDetailPage
{
    private const int CheckedLength = 200;
    private const int SaidLength = 600;
    private const string JudgedNext = "What is expected was changed after the last check; the next one judges by it.";

    public static void MapLinkDetail(this IEndpointRouteBuilder project)
    {
        project.MapGet("/links/{linkId}", ShowAsync);
        project.MapGet("/links/{linkId}/live", LiveAsync);
        project.MapPost("/links/{linkId}/check", CheckAsync).RequireAuthorization(SessionScheme.Editor);
        project.MapPost("/links/{linkId}/{act:regex(^(mute|unmute)$)}", MuteAsync).RequireAuthorization(SessionScheme.Editor);
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context, string linkId, DashboardFrame frame, ILinkStore links, ICaseStore cases, LinkPast past, FormerLinkPage former,
        CaseOwners people, OutreachCaseFinder drafts, ILinkTypeStore types,
        IOptions<MonitoringOptions> options, TimeProvider time,
        CancellationToken cancellationToken, string? wait = null)
    {
        if (await links.FindAsync(context, linkId, cancellationToken) is not { } link)
            return await former.ShowAsync(context, linkId, cancellationToken);
        var project = context.CurrentProject();
        var lines = new LineMaker(project, time.GetUtcNow());
        var history = await past.ReadAsync(project, link.Id, lines.Moments, cancellationToken);
        var (status, last) = (link.Status, await CaseRegistry.LastOfAsync(cases, link, cancellationToken));
        var live = LiveOf(project, link, lines, options.Value, WaitsSince(wait, link)) with { Said = SaidAbove(status) };
        return new SlicePage(LinkDetail.Create(new LinkDetailModel
        {
            Frame = history.Around(frame.Of(context, $"{lines.Of(link).PageWords}", "links")) with
            {
                RefreshAfter = live.IsWaiting ? 5 : null,
            },
            Link = lines.Of(link),
            Live = live,
            Reasons = [.. status.Reasons.Select(reason => ReasonOf(reason, status.State))],
            Suspicions = [.. status.Suspicions.Select(one => SuspicionOf(one, lines.Moments))],
            Answer = AnswerParts.Of(project, link, lines, time.GetUtcNow()),
            Expected = ExpectedParts.Of(link),
            Steps = status.LastEvidence?.Explanation is { } why ? [.. why.Steps.Select(StepOf)] : [],
            Verdict = status.LastEvidence is not { } decided ? WireName.Of(LinkState.Pending)
                : CheckWords.ConfirmsLoss(status) ? WireName.Of(status.State) : VerdictOf(decided),
            Source = status.LastEvidence?.Explanation?.Source,
            Evidence = EvidenceParts.Of(status, history.Transitions, lines.Moments.Time),
            IsOwnSideOnly = OwnSide.AreAll(status.Reasons.Select(reason => reason.Code)),
            Days = DayParts.Of(status.Days, history.Transitions, DayLogEntry.Day(time.GetUtcNow())),
            Timeline = history.Lines,
            Replaces = link.Replaces is { } replaced ? await past.NameAsync(project, replaced, cancellationToken) : null,
            Type = link.Type is { } type
                ? WebText.Visible((await types.ReadAsync(project.Id, cancellationToken)).Find(type)?.Name ?? type)
                : null,
            Terms = AgreedParts.Of(link.Terms),
            Note = link.Note is { } note ? WebText.Visible(note) : null,
            VendorNotes =
            [
                .. link.VendorNotes.Select(told => new VendorLine(
                    WebText.Visible(told.Vendor), told.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                    string.Join(" · ", told.Values.Select(value => $"{WebText.Short(value.Key, 60)}: {WebText.Short(value.Value, 100)}")))),
            ],
            Draft = await DraftOf(project, link, drafts, cancellationToken),
            Case = new CaseLineMaker(
                project, time.GetUtcNow(), last is null ? null : await people.GoneAsync(project, [last], cancellationToken))
                .OfLink(last, context.Holder().Scope != ApiKeyScope.Read),
            SuggestedPage = status.LastEvidence?.MovedTo?.Page.Href is { } moved
                ? new MovedPage(moved, WebText.Readable(moved), LinkVersion.Of(link)) : null,
            PagePath = $"{lines.Of(link).Path}/page",
        }));
    }

    private static async Task<IResult> LiveAsync(
        HttpContext context, string linkId, ILinkStore links, IOptions<MonitoringOptions> options, TimeProvider time,
        CancellationToken cancellationToken, string? wait = null)
    {
        if (await links.FindAsync(context, linkId, cancellationToken) is not { } link)
            return Results.NotFound();
        var since = WaitsSince(wait, link);

        // Nothing to wait for any more, and the browser has the result: it need not ask again.
        if (EntityTags.IsKnown(context, $"{link.Status.LastCheckedAt?.UtcTicks ?? 0:x}"))
            return Results.StatusCode(since is null ? StatusCodes.Status204NoContent : StatusCodes.Status304NotModified);
        var lines = new LineMaker(context.CurrentProject(), time.GetUtcNow());
        var live = LiveOf(context.CurrentProject(), link, lines, options.Value, since);
        return new SlicePage(_LinkLive.Create(live with
        {
            WholePath = live.IsWaiting ? null : lines.Of(link).Path,
            IsFirst = wait is "0",
        }));
    }

    private static async Task<IResult> CheckAsync(
        HttpContext context, string linkId, DashboardFrame frame, ILinkStore links, LinkRegistry registry,
        CancellationToken cancellationToken)
    {
        if (await links.FindAsync(context, linkId, cancellationToken) is not { } link)
            return DashboardMessages.NotFound;
        await registry.CheckNowAsync(link, cancellationToken);
        var (project, note) = (context.CurrentProject(), new AuditNote($"Asked for a check of {link.Page}", linkId));
        var since = link.Status.LastCheckedAt?.UtcTicks ?? 0;

        // From a list people go on in the list.
        return context.Request.Form.ContainsKey(Frame.PlaceField)
            ? frame.Done(
                context, DashboardFrame.PlaceOf(context.Request.Form, $"/app/p/{project.Id}"),
                $"You asked for a check of {WebText.ShortUrl(link.Page, CheckedLength, showsHost: true)}.", note)
            : frame.Done(
                context, $"{LineMaker.PathOf(project, linkId)}?wait={since:x}", "You asked for a check: what it finds shows below.", note);
    }

    private static async Task<IResult> MuteAsync(
        HttpContext context, string linkId, string act, DashboardFrame frame, UndoableBulk bulk, CancellationToken cancellationToken)
    {
        var action = act == "mute" ? BulkAction.Mute : BulkAction.Unmute;
        var project = context.CurrentProject();
        if (await bulk.RunOneAsync(project.Id, action, linkId, context.Holder().Author, cancellationToken) is not { } result)
            return DashboardMessages.NotFound;
        return frame.Done(
            context, LineMaker.PathOf(project, linkId),
            action == BulkAction.Mute
                ? "Nobody is told of this link's changes now. They are still kept." : "Its changes are told again.",
            result.Note(),
            undo: BulkPage.UndoPathOf(project, result.UndoId));
    }

    // A check was asked for when the last one was the named one: there is something to wait for until it is another.
    private static long? WaitsSince(string? wait, WatchedLink link) =>
        long.TryParse(wait, System.Globalization.NumberStyles.HexNumber, null, out var since)
        && (link.Status.LastCheckedAt is not { } last || last.UtcTicks == since)
            ? since : null;

    private static LinkProgress LiveOf(Project project, WatchedLink link, LineMaker lines, MonitoringOptions options, long? since)
    {
        var status = link.Status;
        var next = NextCheck.Planned(link, project, options);
        return new LinkProgress(
            WireName.Of(status.State),
            lines.Moments.Lasting(status.Since),
            lines.Moments.Of(status.LastCheckedAt),
            SaidOf(status),
            next <= lines.Moments.Now ? null : lines.Moments.Of(next),
            since is not null,
            $"{LineMaker.PathOf(project, link.Id.Value)}/live?wait={since ?? 0:x}")
        { NotSeen = LineMaker.NotSeen(status) };
    }

    private static string SaidOf(LinkStatus status) =>
        CheckWords.Said(status) is not { } said ? "Not checked yet."
        : (status.ExpectationChanged ? $"{JudgedNext} Until then: " : "") + (IsDoubted(status) ? $"Not confirmed yet: {said}" : said);

    // Of the whole page: a sentence that stands under "Why" is not said twice.
    private static string SaidAbove(LinkStatus status) =>
        CheckWords.Said(status) is not { } said
        || !status.Reasons.Concat(status.Suspicions.Select(one => one.Reason)).Any(one => WebText.Said(one.Message, SaidLength) == said)
            ? SaidOf(status)
        : string.Join(
            ' ', new[] { status.ExpectationChanged ? JudgedNext : null, IsDoubted(status) ? "What was seen is not confirmed yet." : null }
                .OfType<string>());

    // What was seen once is not told as known.
    private static bool IsDoubted(LinkStatus status) =>
        !CheckWords.ConfirmsLoss(status) && status.Suspicions.Any(one => one.LastSeen >= status.LastCheckedAt);

    // What was never there was not removed.
    private static ReasonLine ReasonOf(Reason reason, LinkState state)
    {
        var (code, say) = (reason.Code, Language.English);
        var isNotFound = state == LinkState.NotFound;
        var advice = isNotFound ? ReasonWords.NotFound(code, say) : ReasonWords.Advice(code, say);
        return new ReasonLine(
            LetterWords.Capital(isNotFound ? ReasonWords.Label(code, ChangeKind.NotFound, say) : ReasonWords.Label(code, say)),
            WebText.Said(reason.Message, SaidLength), advice.Why, advice.Todo);
    }

    private static string SuspicionOf(Suspicion suspicion, MomentMaker moments) =>
        $"{WebText.Said(suspicion.Reason.Message, SaidLength)} Seen "
            + $"{(suspicion.Observations == 1 ? "once" : CountText.Of(suspicion.Observations, "time"))}, "
            + $"first {moments.InWords(suspicion.FirstSeen)}.";

    /// <summary>What one check says by itself. Of a link that is there, the rule that it does not keep has its source.</summary>
    internal static string VerdictOf(Evidence evidence) =>
        !evidence.Look().IsSeen() ? "unknown"
        : WireName.Of(
            evidence.LinkUrl is null ? LinkState.Lost : evidence.Explanation?.Source is null ? LinkState.Live : LinkState.Changed);

    private static StepLine StepOf(ExplanationStep step) => new(
        LetterWords.Capital(WireName.Of(step.Name).Replace('-', ' ')), WebText.Said(step.Seen, 300), WireName.Of(step.State));

    internal static async Task<DraftModel?> DraftOf(
        Project project, WatchedLink link, OutreachCaseFinder cases, CancellationToken cancellationToken)
    {
        var draft = await cases.DraftAsync(project, link, cancellationToken);
        return draft is { IsNeeded: true, Subject: { } subject, Body: { } body }
            ? new DraftModel(draft.Note, subject, body, draft.Mailto) : null;
    }
}
