using System.Text;
using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Api.Limits;
using LinkMonitor.Api.Queries;
using LinkMonitor.Auditing;
using LinkMonitor.Filtering;
using LinkMonitor.Keys;
using LinkMonitor.Projects;
using LinkMonitor.Snapshots;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Paging;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LinkMonitor.Answers;

/// <summary>The cursor of the queue, which is a list of links in an order of its own.</summary>
internal sealed class WaitingCursorAttribute() : CursorOfAttribute(ListNames.Human, "projectId")
{
    public override string? Problem(string text, RouteValueDictionary route) =>
        PlaceCursor.IsOf(new ProjectId(route["projectId"]?.ToString() ?? string.Empty), text) ? null : base.Problem(text, route);
}

/// <summary>The queue of links that wait for a person, the answers of people, and documents that they hand over.</summary>
internal static class AnswerEndpoints
{
    public static IServiceCollection AddAnswers(this IServiceCollection services) =>
        services.AddSingleton<AnswerBook>().AddSingleton<PageHandOver>();

    public static void MapAnswers(this IEndpointRouteBuilder api)
    {
        var project = api.MapProject().MapGroup(string.Empty).WithTags("Answers of people");
        project.MapGet("/human", ListAsync).RequireAuthorization(KeyPolicies.Read)
            .WithSummary("The links that no check could tell and nobody has answered, those seen longest ago first");
        var link = project.MapGroup("/links/{linkId}");
        link.MapPut("/answer", AnswerAsync).RequireAuthorization(KeyPolicies.Write).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .WithSummary("Say what you see of a link that no check could tell")
            .WithDescription(
                "It is kept beside what checks saw and changes neither state nor history; while it holds the link waits for nobody. 409 "
                    + "when the last check could tell by itself, and when fromHandedPage is true and no document waits. If-Match "
                    + "takes the version of the answer that you have read, or \"none\" for none.");
        link.MapDelete("/answer", WithdrawAsync).RequireAuthorization(KeyPolicies.Write).WithSummary("Take an answer back")
            .ProducesProblem(StatusCodes.Status412PreconditionFailed);
        link.MapPost("/handed-page", HandOverAsync).RequireAuthorization(KeyPolicies.Write).WithBodyLimit(BodyLimits.Document)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Hand over the HTML that your own browser shows for a link's page, and have it judged")
            .WithDescription(
                "The document is judged like any page, with nothing fetched, and not kept; what was found proposes an answer and changes "
                    + "no state. A url that is not the page's is refused unless anyAddress is true. 409 when the last check could tell by "
                    + "itself.");
    }

    private static async Task<Ok<SliceView<WaitingView>>> ListAsync(
        string projectId,
        [PageLimit] int? limit,
        [WaitingCursor] string? cursor,
        HttpContext context,
        LinkLists lists,
        CancellationToken cancellationToken)
    {
        var (project, line) = (context.CurrentProject(), BuiltInViews.NeedsHuman.Line);
        var after = string.IsNullOrEmpty(cursor)
            ? null
            : PlaceCursor.Read(project.Id, line.Order, cursor) ?? throw new InvalidCursorException();
        var page = await lists.PageAsync(project, line, limit ?? PageLimitAttribute.Default, after, cancellationToken);
        return TypedResults.Ok(new SliceView<WaitingView>(
            [.. page.Links.Where(link => link.Status.IsUntold()).Select(WaitingView.Of)],
            page.Next is { } next ? PlaceCursor.Write(project.Id, line.Order, next) : null,
            page.LeftOut));
    }

    private static async Task<Results<Ok<AnswerView>, ValidationProblem, ProblemHttpResult>> AnswerAsync(
        string projectId, string linkId, Body<AnswerRequest> body, HttpContext context, ILinkStore links, AnswerBook book,
        CancellationToken cancellationToken)
    {
        if (AnswerDraft.Read(body.Value, body.Errors) is not { } draft)
            return Problems.Invalid(body.Errors.ToDictionary());
        if (await links.FindAsync(context, linkId, cancellationToken) is not { } link)
            return RouteLink.NotFound(linkId);
        context.Audit(
            $"Said of the link on {link.Page}: {(draft.Says == AnswerKind.Seen ? "I see it" : "it is gone")}", link.Id.Value);
        var result = await book.AnswerAsync(
            link.ProjectId, link.Id, draft, IfMatch.Of(context.Request), context.Holder().Author, cancellationToken);
        if (result is not { Outcome: AnswerOutcome.Done, Link.Answer: { } answer })
            return Refused(result.Outcome, linkId);
        var view = AnswerView.Of(answer, result.Link.Status);
        IfMatch.Tell(context.Response, view.Version);
        return TypedResults.Ok(view);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> WithdrawAsync(
        string projectId, string linkId, HttpContext context, ILinkStore links, AnswerBook book, CancellationToken cancellationToken)
    {
        if (await links.FindAsync(context, linkId, cancellationToken) is not { } link)
            return RouteLink.NotFound(linkId);
        context.Audit($"Took back the answer for the link on {link.Page}", link.Id.Value);
        var result = await book.WithdrawAsync(
            link.ProjectId, link.Id, IfMatch.Of(context.Request), context.Holder().Author, cancellationToken);
        return result.Outcome == AnswerOutcome.Done ? TypedResults.NoContent() : Refused(result.Outcome, linkId);
    }

    private static async Task<Results<Ok<HandedPageView>, ValidationProblem, ProblemHttpResult>> HandOverAsync(
        string projectId, string linkId, Body<HandOverRequest> body, HttpContext context, ILinkStore links, PageHandOver handOver,
        CancellationToken cancellationToken)
    {
        var html = Encoding.UTF8.GetBytes(body.Value.Html ?? "");
        var url = HandOverRequest.Read(body.Value, html, body.Errors);
        if (body.Errors.Any)
            return Problems.Invalid(body.Errors.ToDictionary());
        if (await links.FindAsync(context, linkId, cancellationToken) is not { } link)
            return RouteLink.NotFound(linkId);
        if (body.Value.AnyAddress is not true && url is not null && !PageHandOver.IsAt(link, url))
            return Problems.Invalid(
                "url", $"The link's page is {link.Page}. Nothing was judged: set anyAddress to true if it is the page all the same.");
        context.Audit($"Handed over the page {url ?? link.Page}", link.Id.Value);
        var handed = new HandedText(url ?? link.Page, html, true, HandOverWay.Api);
        var results = await handOver.TakeAsync([link], handed, context.Holder().Author, cancellationToken);
        return results is [{ Outcome: AnswerOutcome.Done, Link.HandedPage: { } page }]
            ? TypedResults.Ok(HandedPageView.Of(page)!)
            : Refused(results[0].Outcome, linkId);
    }

    private static ProblemHttpResult Refused(AnswerOutcome outcome, string linkId) => outcome switch
    {
        AnswerOutcome.Stale => IfMatch.Refused(),
        AnswerOutcome.NoLink => RouteLink.NotFound(linkId),
        AnswerOutcome.NoAnswer => Problems.NotFound($"Nobody has answered for the link '{linkId}'."),
        AnswerOutcome.TellsNothing => Problems.Conflict(
            "Nothing was kept.", "The document does not tell how the link is, and an earlier one that waits for an answer does."),
        AnswerOutcome.NoPage => Problems.Conflict(
            "No page was handed over.", "No document waits for an answer: hand one over first, or answer without fromHandedPage."),
        _ => Problems.Conflict(
            "Nobody is asked.", "The last check could tell by itself, or the link was not checked yet. Read the link again."),
    };
}
