using System.Globalization;
using LinkMonitor.Answers;
using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Auditing;
using LinkMonitor.Dashboard.Sessions;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Filtering;
using LinkMonitor.Keys;
using LinkMonitor.Projects;
using LinkMonitor.Snapshots;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Views;
using LinkMonitor.Wording;

namespace LinkMonitor.Dashboard.Pages;

/// <summary><c>/app/p/{id}/human</c>: the links that wait for a person.</summary>
internal static class HumanPage
{
    private const int PageSize = 50;

    public static void MapHuman(this IEndpointRouteBuilder project) => project.MapGet("/human", ShowAsync);

    private static async Task<IResult> ShowAsync(
        HttpContext context, DashboardFrame frame, LinkLists lists, TimeProvider time, CancellationToken cancellationToken,
        string? cursor = null)
    {
        var project = context.CurrentProject();
        if (await lists.OpenSoonAsync(project, cancellationToken) is not { } listing)
            return LoadingPage.Of(context, frame, lists, "Needs a human", "human");
        var line = BuiltInViews.NeedsHuman.Line;
        var lines = new LineMaker(project, time.GetUtcNow());
        var part = await lists.PageAsync(
            listing, line, PageSize, PlaceCursor.Needed(project.Id, line.Order, cursor), cancellationToken);
        var page = frame.Of(context, "Needs a human", "human").LeavingOut(
            listing.Snapshot.Unreadable.Count + part.Unreadable, "link");
        return new SlicePage(Views.Slices.Human.Create(new HumanModel
        {
            Frame = page,
            Links = [.. part.Links.Where(link => link.Status.IsUntold()).Select(LineOf)],
            Others = part.Links.Count == 0 ? [.. Others(listing)] : [],
            Pager = Paging.Of(
                context, part.Next is { } next ? PlaceCursor.Write(project.Id, line.Order, next) : null, cursor),
        }));

        // Nothing is said of links that no check has looked at yet, or that somebody has answered for.
        static IEnumerable<string> Others(LinkListing listing)
        {
            (string Filter, string One, string Many)[] groups =
            [
                ("-has:checked", "waits for its first check.", "wait for their first check."),
                ("observation:our-fault", "could not be checked through a fault of our own and is checked again.",
                    "could not be checked through a fault of our own and are checked again."),
                ("observation:unseen -observation:our-fault has:answer", "could not be seen by the last check, and somebody has answered.",
                    "could not be seen by the last check, and somebody has answered."),
                ("observation:seen", "was seen by the last check.", "were seen by the last check."),
            ];
            return groups
                .Select(group => (group, Count: listing.Count(FilterParser.Read(group.Filter).Line!)))
                .Where(one => one.Count > 0)
                .Select(one => $"{CountText.Of(one.Count, "link")} {(one.Count == 1 ? one.group.One : one.group.Many)}")
                .DefaultIfEmpty("There are no links yet.");
        }

        WaitingLine LineOf(WatchedLink link) => new(
            lines.Of(link), CheckWords.Said(link.Status)!, lines.Moments.Of(link.Status.UntoldSince()),
            link.WaitingPage() is { } page ? AnswerParts.Of(page, link, null, lines.Moments) : null)
        { Shown = AnswerBook.VersionOf(link) };
    }
}

/// <summary>The forms by which people answer for one link.</summary>
internal static class AnswerForms
{
    private static readonly string[] Silent = ["back", "fromHandedPage"];

    public static void MapAnswerForms(this IEndpointRouteBuilder project)
    {
        var link = project.MapGroup("/links/{linkId}/answer").RequireAuthorization(SessionScheme.Editor);
        link.MapPost("/", AnswerAsync);
        link.MapPost("/withdraw", WithdrawAsync);
        link.MapPost("/forget", ForgetAsync);
    }

    private static async Task<IResult> AnswerAsync(
        HttpContext context, string linkId, DashboardFrame frame, ILinkStore links, AnswerBook book, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (await links.FindAsync(context, linkId, cancellationToken) is not { } link)
            return DashboardMessages.NotFound;
        var form = context.Request.Form;
        var body = Body<AnswerRequest>.Read(
            new FormBody(form).Text("says").Text("note").Number("days").Flag("fromHandedPage").ToJson(), new FieldErrors());
        if (AnswerDraft.Read(body.Value, body.Errors) is not { } read)
            return Form(context, link, frame, FormErrors.Of(body.Errors, form));
        var draft = read with { Handed = form.Shown(DashboardForm.HandedField) };
        var result = await book.AnswerAsync(link.ProjectId, link.Id, draft, form.Shown(), context.Holder().Author, cancellationToken);
        if (result is { Outcome: AnswerOutcome.Stale or AnswerOutcome.OtherPage, Link: { } now })
            return Form(
                context, now, frame,
                FormErrors.Stale(
                    form,
                    $"{Since(result, context, time)} Nothing of yours is kept yet: answer again if you still see it so, or leave it."),
                result.Outcome == AnswerOutcome.OtherPage ? now.HandedPage : null);
        var undo = result.Link?.Answer is { } given ? $"?of={given.At.UtcTicks:x}" : null;
        return Done(
            context, link, frame, time, result, "Your answer is kept beside what checks saw.",
            $"Said of the link on {link.Page}: {(draft.Says == AnswerKind.Seen ? "I see it" : "it is gone")}", undo);
    }

    // With the time of an answer only that answer is undone, and the one before it counts again.
    private static async Task<IResult> WithdrawAsync(
        HttpContext context, string linkId, DashboardFrame frame, ILinkStore links, AnswerBook book, TimeProvider time,
        CancellationToken cancellationToken, string? of = null)
    {
        if (await links.FindAsync(context, linkId, cancellationToken) is not { } link)
            return DashboardMessages.NotFound;
        var by = context.Holder().Author;
        if (long.TryParse(of, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var ticks)
            && ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks)
            return Done(
                context, link, frame, time,
                await book.UndoAsync(link.ProjectId, link.Id, new DateTimeOffset(ticks, TimeSpan.Zero), by, cancellationToken),
                "Your answer is undone.", $"Undid an answer for the link on {link.Page}");
        return Done(
            context, link, frame, time,
            await book.WithdrawAsync(link.ProjectId, link.Id, context.Request.Form.Shown(), by, cancellationToken),
            "The answer is taken back.",
            $"Took back the answer for the link on {link.Page}");
    }

    private static async Task<IResult> ForgetAsync(
        HttpContext context, string linkId, DashboardFrame frame, ILinkStore links, AnswerBook book, TimeProvider time,
        CancellationToken cancellationToken) =>
        await links.FindAsync(context, linkId, cancellationToken) is { } link
            ? Done(
                context, link, frame, time,
                await book.ForgetAsync(
                    link.ProjectId, link.Id, context.Request.Form.Shown(DashboardForm.HandedField), cancellationToken),
                "What was handed over is forgotten.", $"Forgot what was handed over for the link on {link.Page}")
            : DashboardMessages.NotFound;

    private static IResult Done(
        HttpContext context, WatchedLink link, DashboardFrame frame, TimeProvider time, AnswerResult result, string told, string what,
        string? undo = null)
    {
        var project = context.CurrentProject();
        var path = LineMaker.PathOf(project, link.Id.Value);
        var back = context.Request.Form.Text("back") == "human" ? $"/app/p/{project.Id}/human" : $"{path}#answer";
        return result.Outcome == AnswerOutcome.Done
            ? frame.Done(
                context, back, told, new AuditNote(what, link.Id.Value), undo: undo is null ? null : $"{path}/answer/withdraw{undo}")
            : frame.Refused(
                context, back,
                result.Outcome is AnswerOutcome.Stale or AnswerOutcome.OtherPage
                    ? $"Nothing was done. {Since(result, context, time)}"
                    : WordsOf(result.Outcome));
    }

    /// <summary>Why nothing was kept.</summary>
    public static string WordsOf(AnswerOutcome outcome) => outcome switch
    {
        AnswerOutcome.NoLink => "Nothing was kept: the link is watched no more.",
        AnswerOutcome.NoAnswer => "There was no answer to take back.",
        AnswerOutcome.Superseded => "Nothing was undone: somebody has answered since, or took the answer back.",
        AnswerOutcome.TellsNothing =>
            "Nothing was kept: this document does not tell how the link is (a login, a wall, an empty shell), and an earlier one does.",
        AnswerOutcome.NoPage => "Nothing was kept: no page that was handed over waits for an answer.",
        _ => "Nothing was kept: the last check could tell by itself, so nobody is asked.",
    };

    // What the form was opened over is not what is there now: whoever acts decides over that.
    private static string Since(AnswerResult result, HttpContext context, TimeProvider time)
    {
        var moments = MomentMaker.Of(context.CurrentProject(), time.GetUtcNow());
        if (result is { Outcome: AnswerOutcome.OtherPage, Link.HandedPage: { } page })
            return $"{WebText.Short(page.By.Name, 40)} handed over another page since you opened this one, {moments.InWords(page.At)}, "
                + page.Proposes switch
                {
                    AnswerKind.Seen => "and it has the link.",
                    AnswerKind.Gone => "and it does not have the link.",
                    _ => "and it does not tell how the link is.",
                };
        if (result.Link?.Answer is not { } answer)
            return "Somebody took the answer back since you opened the page.";
        return $"{WebText.Short(answer.By.Name, 40)} answered since you opened the page, {moments.InWords(answer.At)}: "
            + $"\"{(answer.Says == AnswerKind.Seen ? "I see it" : "it is gone")}\""
            + $"{(answer.Note is { } note ? $", \"{WebText.Cut(note, HumanAnswer.LongestNote)}\"" : "")}.";
    }

    /// <param name="told">The handed page that is told of with the form; null where the one stays that it came with.</param>
    private static SlicePage Form(
        HttpContext context, WatchedLink link, DashboardFrame frame, FormErrors errors, HandedPage? told = null)
    {
        var sent = context.Request.Form;
        var path = LineMaker.PathOf(context.CurrentProject(), link.Id.Value);
        IReadOnlyList<Field> fields =
        [
            errors.Named("says") with { Type = "select", Choices = [("seen", "I see it"), ("gone", "It is gone")] },
            .. AnswerParts.Fields(errors),
        ];
        return new SlicePage(
            Views.Slices.FormPage.Create(new FormModel(
                frame.Of(context, "What you see", "human"), $"{path}/answer", "Answer", fields, errors.Others(fields),
                $"{path}#answer")
            {
                Shown = errors.Over(AnswerBook.VersionOf(link), fields),
                Hidden =
                [
                    .. Silent.Where(sent.ContainsKey).Select(name => (name, sent.Text(name))),
                    (DashboardForm.HandedField, told is null ? sent.Text(DashboardForm.HandedField) : AnswerBook.VersionOf(told)),
                ],
            }),
            errors.Status);
    }
}

/// <summary>What people see of links, in words.</summary>
internal static class AnswerParts
{
    private const int SentenceLength = 600;

    /// <summary>For example <c>seen by Anna</c>.</summary>
    public static string Words(HumanAnswer answer) =>
        $"{(answer.Says == AnswerKind.Seen ? "seen by" : "gone, says")} {WebText.Short(answer.By.Name, 40)}";

    /// <summary>Note and days.</summary>
    public static IReadOnlyList<Field> Fields(FormErrors errors) =>
    [
        errors.Named("note") with { Type = "textarea" },
        errors.Named(
            "days", $"{HumanAnswer.DefaultDays}",
            $"1 to {HumanAnswer.MaxDays}. It ends earlier when a check can tell by itself.") with { Type = "number" },
    ];

    /// <summary>Null where nobody was ever asked.</summary>
    public static AnswerModel? Of(Project project, WatchedLink link, LineMaker lines, DateTimeOffset now)
    {
        var moments = lines.Moments;
        var isAsked = link.Status.IsUntold();
        if (!isAsked && link.Answer is null)
            return null;
        return new AnswerModel
        {
            Path = LineMaker.PathOf(project, link.Id.Value),
            Page = link.Page.Href,
            HandOverPath = $"/app/p/{project.Id}/hand-over?link={link.Id}",
            IsAsked = isAsked,
            Shown = AnswerBook.VersionOf(link),
            Answer = link.Answer is { } answer ? LineOf(answer, link, moments, now) : null,
            Proposal = link.WaitingPage() is { } page ? Of(page, link, moments.Time, moments) : null,
            Fields = isAsked ? Fields(new FormErrors()) : [],
        };
    }

    /// <param name="evidence">In which zone the evidence is shown beside the link's last sight; null to show none.</param>
    public static ProposalModel Of(HandedPage page, WatchedLink of, ProjectTime? evidence, MomentMaker moments) => new(
        $"{HowWords(page.Way)} {WebText.Short(page.By.Name, 40)}, from {WebText.Cut(page.Url, 300)}, {moments.InWords(page.At)}",
        StateOf(page, of),
        page.Reasons.Count == 0
            ? ["The link is there, as expected."]
            : [.. page.Reasons.Select(reason => WebText.Said(reason.Message, SentenceLength))],
        page.Proposes is { } says ? WireName.Of(says) : null,
        evidence is null ? null : EvidenceParts.Pair(
            of.Status.LastSeenEvidence, page.Evidence, "When a check last saw the link", "In the page that was handed over", evidence))
    {
        Version = AnswerBook.VersionOf(page),
    };

    // As a check says it: what nobody ever saw was not lost.
    private static string StateOf(HandedPage page, WatchedLink of) =>
        page.State == VerdictState.Lost && of.Status.LastSeenAt is null ? WireName.Of(LinkState.NotFound) : WireName.Of(page.State);

    private static AnswerLine LineOf(HumanAnswer answer, WatchedLink link, MomentMaker moments, DateTimeOffset now) => new(
        Words(answer),
        moments.Of(answer.At),
        moments.Of(answer.Until),
        answer.Note is { } note ? WebText.Cut(note, HumanAnswer.LongestNote) : null,
        answer.IsSuperseded(link.Status) ? "It has ended: a check could tell by itself since."
            : !answer.HoldsAt(link.Status, now) ? $"It has ended {moments.InWords(answer.Until)}."
            : null,
        answer.Proof is { } proof ? Of(proof, link, moments.Time, moments) : null);

    private static string HowWords(HandOverWay way) => way switch
    {
        HandOverWay.Bookmark => "Handed over from the browser of",
        HandOverWay.Paste => "Pasted by",
        HandOverWay.File => "Saved and handed over by",
        _ => "Handed over by a program of",
    };
}
