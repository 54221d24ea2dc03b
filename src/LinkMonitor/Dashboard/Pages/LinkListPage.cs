using LinkMonitor.Api;
using LinkMonitor.Dashboard.Sessions;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Links;
using LinkMonitor.Projects;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Views;

namespace LinkMonitor.Dashboard.Pages;

/// <summary><c>/app/p/{id}/links</c>: the table of links with its filter, and the form that adds one.</summary>
internal static class LinkListPage
{
    private const int PageSize = 50;

    public static void MapLinkList(this IEndpointRouteBuilder project)
    {
        project.MapGet("/links", ShowAsync);
        project.MapPost("/links", AddAsync).RequireAuthorization(SessionScheme.Editor);
        project.MapGet("/links/new", (HttpContext context, DashboardFrame frame) => Form(context, frame, new FormErrors()))
            .RequireAuthorization(SessionScheme.Editor);
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context, DashboardFrame frame, ILinkStore links, TimeProvider time, CancellationToken cancellationToken, string? q = null,
        string? cursor = null)
    {
        var project = context.CurrentProject();
        var filter = q?.StartsWith("state:", StringComparison.Ordinal) is true && WireName.TryParse<LinkState>(q[6..], out var state)
            ? new LinkFilter { State = state } : new LinkFilter { Text = string.IsNullOrWhiteSpace(q) ? null : q.Trim() };
        var slice = await links.ListAsync(project.Id, filter, PageSize, cursor, cancellationToken);
        var counts = await LinkCounting.CountAsync(links, project.Id, LinkFilter.None, cancellationToken);
        var lines = new LineMaker(project, time.GetUtcNow());
        var here = $"/app/p/{project.Id}/links";
        var query = string.IsNullOrEmpty(q) ? "" : $"q={Uri.EscapeDataString(q)}&";
        return new SlicePage(Views.Slices.Links.Create(new LinksModel
        {
            Frame = frame.Of(context, "Links", "links"),
            Filter = q ?? "",
            Found = counts.Total,
            Total = counts.Total,
            Links = [.. slice.Items.Select(lines.Of)],
            Chips =
            [
                .. counts.States.Select(one => new Chip(
                    WireName.Of(one.State).Replace('-', ' '),
                    filter.State == one.State ? here : $"{here}?q=state:{WireName.Of(one.State)}", filter.State == one.State, one.Count)),
            ],
            Pager = new Pager(
                slice.Cursor is null ? null : $"{here}?{query}cursor={Uri.EscapeDataString(slice.Cursor)}", cursor is null ? null : here),
        }));
    }

    private static async Task<IResult> AddAsync(
        HttpContext context, DashboardFrame frame, BatchRegistration batch, ILinkStore links, LinkRegistry registry,
        CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        var json = LinkForm.New(context.Request.Form).ToJson();
        var result = await batch.RegisterOneAsync(project, json, new FieldErrors(), cancellationToken);
        if (result.Problem is { } problem)
            return Form(context, frame, FormErrors.Of(problem.Errors, context.Request.Form));
        var added = result.Link!;
        if (await links.GetAsync(project.Id, new LinkId(added.Id), cancellationToken) is { } link)
            await registry.CheckNowAsync(link, cancellationToken);
        return frame.Done(
            context, $"{LineMaker.PathOf(project, added.Id)}?wait=1",
            result.Outcome == RegistrationOutcome.Created ? "The link is added, and being checked now." : "This link was watched already. It is being checked now.");
    }

    private static SlicePage Form(HttpContext context, DashboardFrame frame, FormErrors errors)
    {
        var project = context.CurrentProject();
        var fields = LinkForm.Whole(errors, null);
        return new SlicePage(
            Views.Slices.FormPage.Create(new FormModel(
                frame.Of(context, "Add a link", "links"), $"/app/p/{project.Id}/links", "Add and check now", fields, errors.Others(fields))),
            errors.Status);
    }
}
