using LinkMonitor.Cases;
using LinkMonitor.Dashboard.Sessions;
using LinkMonitor.Engine.Explaining;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Naming;
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
using LinkMonitor.Storage.Outreach;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Views;
using LinkMonitor.Views.Slices;
using LinkMonitor.Wording;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Dashboard.Pages;

/// <summary><c>/app/p/{id}/links/{linkId}</c>: one link, why it is in its state, and the proof.</summary>
internal static class LinkDetailPage
{
    private const int MaxTimeline = 30;
    private const int Proofs = 5;
    private const int BarDays = 90;

    public static void MapLinkDetail(this IEndpointRouteBuilder project)
    {
        project.MapGet("/links/{linkId}", ShowAsync);
        project.MapGet("/links/{linkId}/live", LiveAsync);
        project.MapPost("/links/{linkId}/check", CheckAsync).RequireAuthorization(SessionScheme.Editor);
        project.MapPost("/links/{linkId}/{act:regex(^(mute|unmute)$)}", MuteAsync).RequireAuthorization(SessionScheme.Editor);
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context, string linkId, DashboardFrame frame, ILinkStore links, ICaseStore cases, OutreachCaseFinder drafts,
        IOutreachTemplateStore templates, ILinkTypeStore types, IOptions<MonitoringOptions> options, TimeProvider time,
        CancellationToken cancellationToken, string? wait = null)
    {
        if (await links.FindAsync(context, linkId, cancellationToken) is not { } link)
            return DashboardMessages.NotFound;
        var project = context.CurrentProject();
        var lines = new LineMaker(project, time.GetUtcNow());
        var history = await links.ListProofsAsync(project.Id, link.Id, MaxTimeline, null, cancellationToken);
        var status = link.Status;
        var live = LiveOf(project, link, lines, options.Value, WaitsSince(wait, link));
        return new SlicePage(LinkDetail.Create(new LinkDetailModel
        {
            Frame = frame.Of(context, $"{lines.Of(link).PageWords}", "links") with { RefreshAfter = live.IsWaiting ? 5 : null },
            Link = lines.Of(link),
            Live = live,
            Reasons = [.. status.Reasons.Select(ReasonOf)],
            Suspicions = [.. status.Suspicions.Select(one => SuspicionOf(one, lines.Moments))],
            Answer = AnswerParts.Of(project, link, lines, time.GetUtcNow()),
            Expected = ExpectedParts.Of(link),
            Steps = status.LastEvidence?.Explanation is { } why ? [.. why.Steps.Select(StepOf)] : [],
            Source = status.LastEvidence?.Explanation?.Source,
            Evidence = EvidenceOf(status, history.Items.Select(proof => proof.Change.Transition), lines.Moments.Time),
            Days = DaysOf(status.Days, DayLogEntry.Day(time.GetUtcNow())),
            Timeline = [.. history.Items.Select((proof, at) => TimelineOf(proof.Change, lines.Moments, at < Proofs))],
            Type = link.Type is { } type
                ? WebText.Visible((await types.ReadAsync(project.Id, cancellationToken)).Find(type)?.Name ?? type)
                : null,
            Terms = TermsOf(link.Terms),
            Note = link.Note is { } note ? WebText.Visible(note) : null,
            Draft = await DraftOf(project, link, drafts, templates, cancellationToken),
            Case = new CaseLineMaker(project, time.GetUtcNow()).OfLink(
                await CaseRegistry.LastOfAsync(cases, link, cancellationToken), context.Holder().Scope != ApiKeyScope.Read),
            SuggestedPage = status.LastEvidence?.MovedTo?.Page.Href,
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
        var tag = $"\"{link.Status.LastCheckedAt?.UtcTicks ?? 0:x}\"";
        context.Response.Headers.ETag = tag;

        // Nothing to wait for any more, and the browser has the result: it need not ask again.
        if (EntityTags.IsKnown(context, tag))
            return Results.StatusCode(since is null ? StatusCodes.Status204NoContent : StatusCodes.Status304NotModified);
        var live = LiveOf(context.CurrentProject(), link, new LineMaker(context.CurrentProject(), time.GetUtcNow()), options.Value, since);
        return new SlicePage(_LinkLive.Create(live));
    }

    private static async Task<IResult> CheckAsync(
        HttpContext context, string linkId, DashboardFrame frame, ILinkStore links, LinkRegistry registry,
        CancellationToken cancellationToken)
    {
        if (await links.FindAsync(context, linkId, cancellationToken) is not { } link)
            return DashboardMessages.NotFound;
        await registry.CheckNowAsync(link, cancellationToken);
        var since = link.Status.LastCheckedAt?.UtcTicks ?? 0;
        return frame.Done(
            context, $"{LineMaker.PathOf(context.CurrentProject(), linkId)}?wait={since:x}", "The page is being checked now.");
    }

    private static async Task<IResult> MuteAsync(
        HttpContext context, string linkId, string act, DashboardFrame frame, UndoableBulk bulk, CancellationToken cancellationToken)
    {
        var action = act == "mute" ? BulkAction.Mute : BulkAction.Unmute;
        if (await bulk.RunOneAsync(context.CurrentProject().Id, action, linkId, context.Holder().Id, cancellationToken) is not { } undo)
            return DashboardMessages.NotFound;
        return frame.Done(
            context, LineMaker.PathOf(context.CurrentProject(), linkId),
            action == BulkAction.Mute
                ? "Nobody is told of this link's changes now. They are still kept." : "Its changes are told again.",
            undo: $"/app/p/{context.CurrentProject().Id}/links/undo/{undo}");
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
            lines.Moments.Of(status.Since),
            lines.Moments.Of(status.LastCheckedAt),
            status.LastEvidence is { } last ? WebText.Cut(last.Explanation?.Sentence ?? last.Detail, 600) : "Not checked yet.",
            next <= lines.Moments.Now ? "next check in its host's turn" : $"next check {lines.Moments.Ago(next)}",
            since is not null,
            $"{LineMaker.PathOf(project, link.Id.Value)}/live?wait={since ?? 0:x}");
    }

    private static ReasonLine ReasonOf(Reason reason)
    {
        var advice = ReasonWords.Advice(reason.Code, Language.English);
        return new ReasonLine(
            LetterWords.Capital(ReasonWords.Label(reason.Code, Language.English)), WebText.Cut(reason.Message, 600), advice.Why,
            advice.Todo);
    }

    private static string SuspicionOf(Suspicion suspicion, MomentMaker moments) =>
        $"{WebText.Cut(suspicion.Reason.Message, 600)} Seen {(suspicion.Observations == 1 ? "once" : $"{suspicion.Observations} times")}, "
            + $"first {moments.Ago(suspicion.FirstSeen)}.";

    private static StepLine StepOf(ExplanationStep step) => new(
        LetterWords.Capital(WireName.Of(step.Name).Replace('-', ' ')), WebText.Cut(step.Seen, 300), WireName.Of(step.State));

    // A link that is there, but not as agreed, is shown beside what it was like when it was; any other beside when it was last there.
    // What it was like is in the change that ended it: further changes may have come since.
    private static EvidenceModel? EvidenceOf(LinkStatus status, IEnumerable<LinkTransition> newestFirst, ProjectTime time)
    {
        if (status.LastEvidence is not { } now)
            return null;
        if (status.State == LinkState.Changed
            && newestFirst.FirstOrDefault(one => one is { From: LinkState.Live, To: LinkState.Changed }) is { Before: { } agreed })
            return Pair(agreed, now, "When it was as agreed", "Last check", time);
        var before = status.LastSeenEvidence is { } seen && seen.CheckedAt < now.CheckedAt ? seen : null;
        return Pair(before, now, "When the link was last seen", "Last check", time);
    }

    /// <summary>The evidence of two looks side by side.</summary>
    public static EvidenceModel Pair(Evidence? before, Evidence after, string headBefore, string headAfter, ProjectTime time)
    {
        var snippets = SnippetDifference.Compare(before?.Snippet, after.Snippet);
        return new EvidenceModel(
            before is null ? null : headBefore,
            headAfter,
            [
                .. EvidenceTable.Rows(before, after, time)
                    .Select(row => new ComparedEvidence(row.Label, row.Before, row.After, before is not null && row.Differs)),
            ],
            [.. snippets.Before.Select(piece => new Piece(piece.Text, piece.IsMarked))],
            [.. snippets.After.Select(piece => new Piece(piece.Text, piece.IsMarked))]);
    }

    private static TimelineLine TimelineOf(LinkChange change, MomentMaker moments, bool withProof)
    {
        var transition = change.Transition;
        return new TimelineLine(
            moments.Of(transition.At),
            WireName.Of(transition.From),
            WireName.Of(transition.To),
            [.. transition.ReasonsAfter.Select(reason => WebText.Cut(reason.Message, 500))],
            change.Held,
            withProof ? Pair(transition.Before, transition.After, "Before", "At the change", moments.Time) : null);
    }

    private static List<DayLine> DaysOf(DayLog log, DateOnly today)
    {
        List<DayLine> days = [];
        for (var day = today.AddDays(1 - BarDays); day <= today; day = day.AddDays(1))
            days.Add(new DayLine(day, MarkOf(log[day])));
        return log.IsEmpty ? [] : days;
    }

    private static string MarkOf(DayMark mark) => mark switch
    {
        DayMark.AsAgreed => "live",
        DayMark.Changed => "changed",
        DayMark.Lost or DayMark.NotFound => "lost",
        DayMark.CouldNotTell => "unknown",
        _ => "none",
    };

    private static List<FactLine> TermsOf(Terms? terms)
    {
        List<FactLine> facts = [];
        if (terms is null)
            return facts;
        Add("Vendor", terms.Vendor);
        Add("Agreed price", LineMaker.CostOf(terms));
        Add("Term", (terms.Start, terms.End) switch
        {
            (null, null) => null,
            ({ } start, null) => $"since {start:yyyy-MM-dd}",
            (null, { } end) => $"to {end:yyyy-MM-dd}",
            ({ } start, { } end) => $"{start:yyyy-MM-dd} to {end:yyyy-MM-dd}",
        });
        Add("Contact", terms.Contact);
        Add("Invoice", terms.Invoice);
        return facts;

        void Add(string label, string? value)
        {
            if (value is not null)
                facts.Add(new FactLine(label, WebText.Visible(value)));
        }
    }

    internal static async Task<DraftModel?> DraftOf(
        Project project, WatchedLink link, OutreachCaseFinder cases, IOutreachTemplateStore templates, CancellationToken cancellationToken)
    {
        if (OutreachComposer.TemplateFor(link) is not { } name)
            return null;
        var own = await templates.GetAsync(project.Id, name, cancellationToken);
        var draft = OutreachComposer.Compose(await cases.FindAsync(project, link, cancellationToken), own);
        return draft is { IsNeeded: true, Subject: { } subject, Body: { } body }
            ? new DraftModel(draft.Note, subject, body, draft.Mailto) : null;
    }
}

/// <summary>What is expected of a link beside what the last check that saw it found.</summary>
internal static class ExpectedParts
{
    public static IReadOnlyList<ComparedLine> Of(WatchedLink link)
    {
        var (expected, baseline, found) = (link.Expectation, link.Status.Baseline, link.Status.LastEvidence);
        var has = found?.LinkUrl is not null;
        var isSeen = link.Status.LastOutcome?.IsSeen() is true;
        return
        [
            Line(
                "Link to", $"{expected.Target.Href} ({WireName.Of(expected.Match)})", found?.LinkUrl ?? (isSeen ? "not there" : null),
                isSeen && !has),
            Part(
                "Rel",
                expected.Rel,
                Origin(ExpectationParts.Rel),
                RelText.Write,
                baseline?.Rel,
                has ? RelText.Qualifiers(found!.Rel ?? []) : (RelQualifiers?)null),
            Part(
                "Anchor",
                expected.Anchor,
                Origin(ExpectationParts.Anchor),
                text => text.Length == 0 ? "(empty)" : WebText.Cut(text, 300),
                baseline?.Anchor,
                has ? found!.Anchor : null),
            Part(
                "Placement",
                expected.Placement,
                Origin(ExpectationParts.Placement),
                place => WireName.Of(place),
                baseline?.Placement,
                has ? found!.Placement : null),
            Part(
                "Page may be indexed",
                expected.Indexable,
                Origin(ExpectationParts.Indexable),
                YesNo,
                baseline?.Indexable,
                found?.Robots?.Index),
        ];

        // Where a part comes from that is expected by name.
        string Origin(ExpectationParts part) => link.TypeParts.HasFlag(part) ? "from its type" : "given for this link";
    }

    private static string YesNo(bool value) => value ? "yes" : "no";

    private static ComparedLine Part<T>(
        string label, Expected<T> expected, string origin, Func<T, string> write, T? baseline, T? found)
        where T : struct =>
        Line(
            label,
            Words(expected, origin, write, baseline is { } first ? write(first) : null),
            found is { } now ? write(now) : null,
            Wanted(expected, baseline) is { } wanted && found is { } seen && !EqualityComparer<T>.Default.Equals(wanted, seen));

    private static ComparedLine Part(
        string label, Expected<string> expected, string origin, Func<string, string> write, string? baseline, string? found)
    {
        var wanted = expected.Kind switch { ExpectedKind.Any => null, ExpectedKind.Exactly => expected.Value, _ => baseline };
        return Line(
            label,
            Words(expected, origin, write, baseline is { } first ? write(first) : null),
            found is null ? null : write(found),
            wanted is not null && found is not null && !SameText(wanted, found));
    }

    private static T? Wanted<T>(Expected<T> expected, T? baseline) where T : struct => expected.Kind switch
    {
        ExpectedKind.Any => null,
        ExpectedKind.Exactly => expected.Value,
        _ => baseline,
    };

    private static string Words<T>(Expected<T> expected, string origin, Func<T, string> write, string? baseline) where T : notnull =>
        expected.Kind switch
        {
            ExpectedKind.Any => $"any ({origin})",
            ExpectedKind.Exactly => $"{write(expected.Value!)} ({origin})",
            _ => baseline is null ? "as first seen" : $"{baseline} (as first seen)",
        };

    private static bool SameText(string one, string other) => string.Equals(
        string.Join(' ', one.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
        string.Join(' ', other.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.OrdinalIgnoreCase);

    private static ComparedLine Line(string label, string expected, string? found, bool differs) =>
        new(label, WebText.Cut(expected, 400), found is null ? null : WebText.Cut(found, 400), differs);
}
