using LinkMonitor.Answers;
using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Dashboard.Sessions;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Keys;
using LinkMonitor.Projects;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Paging;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Views;
using LinkMonitor.Wording;

namespace LinkMonitor.Dashboard.Pages;

/// <summary><c>/app/p/{id}/human</c>: the links that wait for a person.</summary>
internal static class HumanPage
{
    private const int PageSize = 50;
    private const int SaidLength = 200;

    public static void MapHuman(this IEndpointRouteBuilder project) => project.MapGet("/human", ShowAsync);

    private static async Task<IResult> ShowAsync(
        HttpContext context, DashboardFrame frame, ILinkStore links, TimeProvider time, CancellationToken cancellationToken,
        string? cursor = null)
    {
        var project = context.CurrentProject();
        var here = $"/app/p/{project.Id}/human";
        if (cursor is not null && !ListNames.Gave($"{ListNames.Human} {project.Id}", cursor))
            return Results.LocalRedirect(here);
        var now = time.GetUtcNow();
        var lines = new LineMaker(project, now);
        var slice = await links.ListWaitingAsync(project.Id, now, PageSize, cursor, cancellationToken);
        var page = frame.Of(context, "Needs a human", "human");
        var isAll = cursor is null && slice.Cursor is null;
        return new SlicePage(Views.Slices.Human.Create(new HumanModel
        {
            Frame = page with { Project = page.Project! with { NeedsHuman = isAll ? slice.Items.Count : null } },
            Links = [.. slice.Items.Select(LineOf)],
            Pager = new Pager(
                slice.Cursor is null ? null : $"{here}?cursor={Uri.EscapeDataString(slice.Cursor)}", cursor is null ? null : here),
        }));

        WaitingLine LineOf(WatchedLink link) => new(
            lines.Of(link), WebText.Cut(link.Status.LastEvidence!.Detail, SaidLength), lines.Moments.Of(link.Status.UntoldSince()),
            link.WaitingPage() is { } page ? AnswerParts.Of(page, null, lines.Moments) : null);
    }
}

/// <summary>The forms by which people answer for one link.</summary>
internal static class AnswerForms
{
    public static void MapAnswerForms(this IEndpointRouteBuilder project)
    {
        var link = project.MapGroup("/links/{linkId}/answer").RequireAuthorization(SessionScheme.Editor);
        link.MapPost("/", AnswerAsync);
        link.MapPost("/withdraw", WithdrawAsync);
        link.MapPost("/forget", ForgetAsync);
    }

    private static async Task<IResult> AnswerAsync(
        HttpContext context, string linkId, DashboardFrame frame, ILinkStore links, AnswerBook book, CancellationToken cancellationToken)
    {
        if (await links.FindAsync(context, linkId, cancellationToken) is not { } link)
            return DashboardMessages.NotFound;
        var form = context.Request.Form;
        var body = Body<AnswerRequest>.Read(
            new FormBody(form).Text("says").Text("note").Number("days").Flag("fromHandedPage").ToJson(), new FieldErrors());
        if (AnswerDraft.Read(body.Value, body.Errors) is not { } draft)
            return Form(context, link, frame, FormErrors.Of(body.Errors, form));
        var result = await book.AnswerAsync(link.ProjectId, link.Id, draft, context.Holder().Author, cancellationToken);
        return Done(context, link, frame, result, "Your answer is kept beside what checks saw.", isAnswer: true);
    }

    private static async Task<IResult> WithdrawAsync(
        HttpContext context, string linkId, DashboardFrame frame, ILinkStore links, AnswerBook book, CancellationToken cancellationToken) =>
        await links.FindAsync(context, linkId, cancellationToken) is { } link
            ? Done(
                context, link, frame, await book.WithdrawAsync(link.ProjectId, link.Id, cancellationToken), "The answer is taken back.",
                isAnswer: false)
            : DashboardMessages.NotFound;

    private static async Task<IResult> ForgetAsync(
        HttpContext context, string linkId, DashboardFrame frame, ILinkStore links, AnswerBook book, CancellationToken cancellationToken) =>
        await links.FindAsync(context, linkId, cancellationToken) is { } link
            ? Done(
                context, link, frame, await book.KeepAsync(link.ProjectId, link.Id, null, cancellationToken),
                "What was handed over is forgotten.", isAnswer: false)
            : DashboardMessages.NotFound;

    private static IResult Done(
        HttpContext context, WatchedLink link, DashboardFrame frame, AnswerResult result, string told, bool isAnswer)
    {
        var project = context.CurrentProject();
        var path = LineMaker.PathOf(project, link.Id.Value);
        var back = context.Request.Form.Text("back") == "human" ? $"/app/p/{project.Id}/human" : $"{path}#answer";
        return result.Outcome == AnswerOutcome.Done
            ? frame.Done(context, back, told, undo: isAnswer ? $"{path}/answer/withdraw" : null)
            : frame.Done(context, back, WordsOf(result.Outcome), isGood: false);
    }

    /// <summary>Why nothing was kept.</summary>
    public static string WordsOf(AnswerOutcome outcome) => outcome switch
    {
        AnswerOutcome.NoLink => "Nothing was kept: the link is watched no more.",
        AnswerOutcome.NoAnswer => "There was no answer to take back.",
        AnswerOutcome.NoPage => "Nothing was kept: no page that was handed over waits for an answer.",
        _ => "Nothing was kept: the last check could tell by itself, so nobody is asked.",
    };

    private static SlicePage Form(HttpContext context, WatchedLink link, DashboardFrame frame, FormErrors errors)
    {
        var path = LineMaker.PathOf(context.CurrentProject(), link.Id.Value);
        IReadOnlyList<Field> fields =
        [
            errors.Field("says", "What do you see?") with { Type = "select", Choices = [("seen", "I see it"), ("gone", "It is gone")] },
            .. AnswerParts.Fields(errors),
        ];
        return new SlicePage(
            Views.Slices.FormPage.Create(new FormModel(
                frame.Of(context, "What you see", "human"), $"{path}/answer", "Answer", fields, errors.Others(fields), $"{path}#answer")),
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
        errors.Field("note", "Note") with { Type = "textarea" },
        errors.Field(
            "days", "Holds for days", $"{HumanAnswer.DefaultDays}",
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
            Answer = link.Answer is { } answer ? LineOf(answer, link, moments, now) : null,
            Proposal = link.WaitingPage() is { } page ? Of(page, link, moments) : null,
            Fields = isAsked ? Fields(new FormErrors()) : [],
        };
    }

    /// <param name="of">The link, whose last sight the evidence is compared with; null to show no evidence.</param>
    public static ProposalModel Of(HandedPage page, WatchedLink? of, MomentMaker moments) => new(
        $"{HowWords(page.Way)} {WebText.Short(page.By.Name, 40)}, from {WebText.Cut(page.Url, 300)}, {moments.Ago(page.At)}",
        WireName.Of(page.State),
        page.Reasons.Count == 0
            ? ["The link is there, as expected."]
            : [.. page.Reasons.Select(reason => WebText.Cut(reason.Message, SentenceLength))],
        page.Proposes is { } says ? WireName.Of(says) : null,
        of is null ? null : LinkDetailPage.Pair(
            of.Status.LastSeenEvidence, page.Evidence, "When a check last saw the link", "In the page that was handed over", moments.Time));

    private static AnswerLine LineOf(HumanAnswer answer, WatchedLink link, MomentMaker moments, DateTimeOffset now) => new(
        Words(answer),
        moments.Of(answer.At),
        moments.Of(answer.Until),
        answer.Note is { } note ? WebText.Cut(note, HumanAnswer.LongestNote) : null,
        answer.IsSuperseded(link.Status) ? "It has ended: a check could tell by itself since."
            : !answer.HoldsAt(link.Status, now) ? $"It has ended {moments.Ago(answer.Until)}."
            : null,
        answer.Proof is { } proof ? Of(proof, link, moments) : null);

    private static string HowWords(HandOverWay way) => way switch
    {
        HandOverWay.Bookmark => "Handed over from the browser of",
        HandOverWay.Paste => "Pasted by",
        HandOverWay.File => "Saved and handed over by",
        _ => "Handed over by a program of",
    };
}
