using System.Text.Json;
using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Api.Limits;
using LinkMonitor.Api.Queries;
using LinkMonitor.Auditing;
using LinkMonitor.Cases;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Keys;
using LinkMonitor.Projects;
using LinkMonitor.Snapshots;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.LinkTypes;
using LinkMonitor.Storage.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LinkMonitor.Links;

/// <summary>The routes under <c>/api/v1/projects/{id}/links</c>.</summary>
internal static class LinkEndpoints
{
    public static IServiceCollection AddLinks(this IServiceCollection services) =>
        services.AddSingleton<LinkRequestReader>()
            .AddSingleton<LinkRegistry>()
            .AddSingleton<ManyLinks>()
            .AddSingleton<TermSchedule>()
            .AddSingleton<BatchRegistration>()
            .AddSingleton<CaseFollowing>()
            .AddSingleton<LinkReplacement>()
            .AddSingleton<LinkEditor>()
            .AddSingleton<LinkBulk>()
            .AddSingleton<UndoableBulk>();

    public static void MapLinks(this IEndpointRouteBuilder api)
    {
        var links = api.MapProject().MapGroup("/links").WithTags("Links");
        links.MapGet("/", ListAsync).RequireAuthorization(KeyPolicies.Read).WithSummary("A project's links")
            .WithDescription("With a filter the answer has an ETag; sent back as If-None-Match it brings 304 while nothing has changed.")
            .Produces(StatusCodes.Status304NotModified);
        links.MapGet("/counts", CountAsync)
            .RequireAuthorization(KeyPolicies.Read)
            .WithSummary("How many of a project's links are in each state, and how many of them the last check did not see");
        links.MapPost("/", RegisterAsync).RequireAuthorization(KeyPolicies.Write).WithBodyLimit(BodyLimits.Batch)
            .Accepts<LinkRequest>("application/json").WithMetadata(new TellsErrors())
            .WithSummary("Register a link, or an array of up to 1,000")
            .WithDescription(
                "For an object the answer is the link: 201 when it is new, 200 when it was already registered. For an array it is 200 "
                    + "with a result per item. An array with dryRun=true is answered as if it were registered, and nothing is written.");
        links.MapGet("/{linkId}", GetAsync).RequireAuthorization(KeyPolicies.Read).WithSummary("One link");
        links.MapPatch("/{linkId}", ChangeAsync).RequireAuthorization(KeyPolicies.Write).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .WithSummary("Change a link")
            .WithDescription(
                "Fields that are absent stay, also within terms; null resets a field to as first seen, or removes it. A new page, "
                    + "target or match "
                    + "replaces the link with another one that has its own id: settings, terms and the day log are kept; observations "
                    + "start again. 409 when that link is already watched. With If-Match only the version that it names is changed; "
                    + "checks do not make another one.");
        links.MapPost("/bulk", BulkAsync).RequireAuthorization(KeyPolicies.Write)
            .WithSummary("Check, mute, unmute, delete or give a type to up to 1,000 links, or up to 10,000 that a filter finds")
            .WithDescription(
                "200 with the result of each link. A check counts for its page: links of one page are checked together. All but checks can "
                    + "be undone for ten minutes (undoId, undoUntil).");
        links.MapPost("/undo/{undoId}", UndoAsync).RequireAuthorization(KeyPolicies.Write)
            .WithSummary("Make links what they were before an act on many of them");
        links.MapDelete("/{linkId}", DeleteAsync)
            .RequireAuthorization(KeyPolicies.Write)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .WithSummary("Stop watching a link; its changes are kept");
        links.MapPost("/{linkId}/check", CheckAsync)
            .RequireAuthorization(KeyPolicies.Write)
            .WithCheckLimit()
            .WithSummary("Check the link's page now");
    }

    private static async Task<Results<Ok<SliceView<LinkView>>, StatusCodeHttpResult, ValidationProblem>> ListAsync(
        string projectId,
        [AsParameters] LinkQuery query,
        [PageLimit] int? limit,
        [LinkCursor] string? cursor,
        HttpContext context,
        ILinkStore links,
        LinkLists lists,
        NamedTypes types,
        CancellationToken cancellationToken)
    {
        var (project, count) = (context.CurrentProject(), limit ?? PageLimitAttribute.Default);
        if (query.HasLine)
        {
            if (await UnknownAsync(project, query.Filter, types, cancellationToken) is { } unknown)
                return unknown;
            var line = LinkFilterReader.ReadLine(query);
            var after = PlaceCursor.Needed(project.Id, line.Order, cursor);
            var listing = await lists.OpenAsync(project, cancellationToken);
            // The address tells line, place and limit apart.
            if (EntityTags.IsKnown(context, listing.ValidatorOf(line)))
                return TypedResults.StatusCode(StatusCodes.Status304NotModified);
            var page = await lists.PageAsync(listing, line, count, after, cancellationToken);
            return TypedResults.Ok(new SliceView<LinkView>(
                [.. page.Links.Select(LinkView.Of)],
                page.Next is { } next ? PlaceCursor.Write(project.Id, line.Order, next) : null,
                page.LeftOut));
        }

        var slice = await links.ListAsync(project.Id, LinkFilterReader.Read(query), count, cursor, cancellationToken);
        return TypedResults.Ok(slice.View(LinkView.Of));
    }

    private static async Task<ValidationProblem?> UnknownAsync(
        Project project, string? filter, NamedTypes types, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        await types.CheckAsync(project, filter, problem => errors.Add("filter", problem), cancellationToken);
        return errors.Any ? Problems.Invalid(errors.ToDictionary()) : null;
    }

    private static async Task<Results<Ok<LinkCounts>, ValidationProblem>> CountAsync(
        string projectId, [AsParameters] LinkQuery query, HttpContext context, ILinkStore links, LinkLists lists, NamedTypes types,
        CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        if (!query.HasLine)
            return TypedResults.Ok(await LinkCounting.CountAsync(links, project.Id, LinkFilterReader.Read(query), cancellationToken));
        if (await UnknownAsync(project, query.Filter, types, cancellationToken) is { } unknown)
            return unknown;
        var (tally, listing) = (new LinkTally(), await lists.OpenAsync(project, cancellationToken));
        foreach (var link in listing.Matching(LinkFilterReader.ReadLine(query)))
            tally.Add(link.State, link.Look, link.IsTold);
        tally.AddUnreadable(listing.Snapshot.Unreadable.Count);
        return TypedResults.Ok(tally.ToCounts());
    }

    private static async Task<
        Results<Created<LinkView>, Ok<LinkView>, Ok<LinkBatchResult>, ValidationProblem, ProblemHttpResult>> RegisterAsync(
        string projectId,
        HttpContext context,
        bool? dryRun,
        BatchRegistration batch,
        CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        var (body, errors) = await JsonBody.ReadAsync(context, cancellationToken);
        if (body.ValueKind == JsonValueKind.Array)
        {
            if (body.GetArrayLength() is > BatchRegistration.MaxItems and var count)
                errors.Add(
                    "$",
                    $"Too many links: there are {count}; send at most {BatchRegistration.MaxItems} in one request. None was registered.");
            if (errors.Any)
                return Problems.Invalid(errors.ToDictionary());
            if (dryRun is true)
            {
                context.Audit(null);
                return TypedResults.Ok(await batch.PlanAsync(project, body, cancellationToken));
            }

            var many = await batch.RegisterAsync(project, body, cancellationToken);
            context.Audit(many.Note());
            return TypedResults.Ok(many);
        }

        if (dryRun is true)
            errors.Add("dryRun", "Send an array of links: for one link there is no dry run.");
        var result = await batch.RegisterOneAsync(project, body, leavesKnown: false, errors, cancellationToken);
        if (result.Link is not null)
            context.Audit(result.Note());
        return result switch
        {
            { Problem: { } problem } => Problems.Invalid(problem.Errors),
            { Status: StatusCodes.Status201Created, Link: { } link } =>
                TypedResults.Created($"/api/v1/projects/{project.Id}/links/{link.Id}", link),
            _ => TypedResults.Ok(result.Link),
        };
    }

    private static async Task<Results<Ok<LinkView>, ProblemHttpResult>> GetAsync(
        string projectId, string linkId, HttpContext context, ILinkStore links, CancellationToken cancellationToken) =>
        await links.FindAsync(context, linkId, cancellationToken) is { } link
            ? Shown(context, link)
            : RouteLink.NotFound(linkId);

    private static Ok<LinkView> Shown(HttpContext context, WatchedLink link)
    {
        var view = LinkView.Of(link);
        IfMatch.Tell(context.Response, view.Version);
        return TypedResults.Ok(view);
    }

    private static async Task<Results<Ok<LinkView>, ValidationProblem, ProblemHttpResult>> ChangeAsync(
        string projectId,
        string linkId,
        Body<LinkRequest> body,
        HttpContext context,
        ILinkStore links,
        LinkEditor editor,
        LinkRegistry registry,
        RequestLimits limits,
        CancellationToken cancellationToken)
    {
        if (await links.FindAsync(context, linkId, cancellationToken) is not { } link)
            return body.Errors.Any ? Problems.Invalid(body.Errors.ToDictionary()) : RouteLink.NotFound(linkId);
        var edit = await editor.ChangeAsync(link, IfMatch.Of(context.Request), body, context.Holder().Author, cancellationToken);
        if (edit == LinkEdit.Stale)
            return IfMatch.Refused();
        if (edit is LinkEdit.Done { IsJudgedAnew: true, Link: var edited }
            && limits.Checks.Take(RequestLimitExtensions.CallerOf(context)).IsAllowed)
            await registry.CheckNowAsync(edited, cancellationToken);
        return edit switch
        {
            LinkEdit.Done done => Changed(context, done),
            LinkEdit.Invalid invalid => Problems.Invalid(invalid.Errors.ToDictionary()),
            LinkEdit.Taken taken => Problems.Conflict(
                "The link is already registered.",
                $"The project already watches that link: {taken.Id}. Nothing was changed. Change that one, or delete it first."),
            _ => RouteLink.NotFound(linkId),
        };
    }

    private static Ok<LinkView> Changed(HttpContext context, LinkEdit.Done done)
    {
        context.Audit(done.Note());
        return Shown(context, done.Link);
    }

    private static async Task<Results<Ok<BulkResult>, ValidationProblem>> BulkAsync(
        string projectId, Body<BulkRequest> body, HttpContext context, UndoableBulk bulk, LinkLists lists, RequestLimits limits,
        ILinkTypeStore types, NamedTypes named, TimeProvider time, CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        await named.CheckAsync(project, body.Value.Filter, problem => body.Errors.Add("filter", problem), cancellationToken);
        var known = body.Value.Type is null ? ProjectTypes.BuiltIn : await types.ReadAsync(project.Id, cancellationToken);
        if (BulkOrder.Read(body.Value, time.GetUtcNow(), known, body.Names("type"), body.Errors) is not { } order)
            return Problems.Invalid(body.Errors.ToDictionary());
        if (order.Line is { } line)
        {
            var wanted = (await lists.OpenAsync(project, cancellationToken)).Matching(line);
            if (wanted.Count > UndoableBulk.MaxLinks)
                return Problems.Invalid(
                    "filter",
                    $"It finds {CountText.Of(wanted.Count, "link")}; one act is for at most {UndoableBulk.MaxLinks}. Nothing was done. "
                        + $"Narrow it.");
            order = order with { Links = [.. wanted.Select(link => link.Id.Value)] };
        }

        var key = RequestLimitExtensions.CallerOf(context);
        var (result, _) = await bulk.RunAsync(
            project.Id, order, context.Holder().Author, () => limits.Checks.Take(key).IsAllowed, cancellationToken);
        context.Audit(result.Note());
        return TypedResults.Ok(result);
    }

    private static async Task<Results<Ok<UndoResult>, ProblemHttpResult>> UndoAsync(
        string projectId, string undoId, HttpContext context, UndoableBulk bulk, CancellationToken cancellationToken)
    {
        if (await bulk.UndoAsync(context.CurrentProject().Id, undoId, context.Holder().Author, cancellationToken) is not { } undone)
            return Problems.NotFound(
                $"There is nothing to undo as '{FieldErrors.Cut(undoId)}': that is possible for ten minutes, and once.");
        context.Audit(undone.Note());
        return TypedResults.Ok(new UndoResult(undone.Done.Count, [.. undone.Left.Select(link => link.Id.Value)], undone.Unreadable));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string projectId, string linkId, HttpContext context, ILinkStore links, UndoableBulk bulk, CancellationToken cancellationToken)
    {
        if (await links.FindAsync(context, linkId, cancellationToken) is not { } link)
            return RouteLink.NotFound(linkId);
        if (!IfMatch.Of(context.Request).Allows(LinkVersion.Of(link)))
            return IfMatch.Refused();
        return await bulk.RunOneAsync(link.ProjectId, BulkAction.Delete, linkId, context.Holder().Author, cancellationToken) is not null
            ? Deleted(context, link) : RouteLink.NotFound(linkId);
    }

    private static NoContent Deleted(HttpContext context, WatchedLink link)
    {
        context.Audit($"Deleted the link on {link.Page} to {link.Expectation.Target}", link.Id.Value);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Accepted<LinkView>, ProblemHttpResult>> CheckAsync(
        string projectId, string linkId, HttpContext context, ILinkStore links, LinkRegistry registry, CancellationToken cancellationToken)
    {
        if (await links.FindAsync(context, linkId, cancellationToken) is not { } link)
            return RouteLink.NotFound(linkId);
        await registry.CheckNowAsync(link, cancellationToken);
        context.Audit($"Asked for a check of {link.Page}", linkId);
        return TypedResults.Accepted($"/api/v1/projects/{link.ProjectId}/links/{link.Id}", LinkView.Of(link));
    }
}

/// <summary>Counts the links of a project, read once.</summary>
internal static class LinkCounting
{
    private const int ReadAtOnce = 1_000;

    public static async Task<LinkCounts> CountAsync(
        ILinkStore links, ProjectId project, LinkFilter filter, CancellationToken cancellationToken)
    {
        var tally = new LinkTally();
        string? cursor = null;
        do
        {
            var slice = await links.ListAsync(project, filter, ReadAtOnce, cursor, cancellationToken);
            foreach (var link in slice.Items)
                tally.Add(link);
            tally.AddUnreadable(slice.SetAside);
            cursor = slice.Cursor;
        }
        while (cursor is not null);
        return tally.ToCounts();
    }
}
