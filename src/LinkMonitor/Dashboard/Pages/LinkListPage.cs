using System.Globalization;
using LinkMonitor.Api;
using LinkMonitor.Dashboard.Sessions;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Filtering;
using LinkMonitor.Keys;
using LinkMonitor.Links;
using LinkMonitor.Projects;
using LinkMonitor.SavedViews;
using LinkMonitor.Snapshots;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.LinkTypes;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Views;
using LinkMonitor.Wording;

namespace LinkMonitor.Dashboard.Pages;

/// <summary><c>/app/p/{id}/links</c>: the table of links with its filter line, and the form that adds one.</summary>
internal static class LinkListPage
{
    private const int PageSize = 50;
    private const int TagsShown = 8;
    private const int TypesShown = 8;
    private const int TagLength = 60;
    private const int ProblemLength = 400;

    public static void MapLinkList(this IEndpointRouteBuilder project)
    {
        project.MapGet("/links", ShowAsync);
        project.MapGet("/links/news", NewsAsync);
        project.MapPost("/links", AddAsync).RequireAuthorization(SessionScheme.Editor);
        project.MapGet("/links/new", async (
                HttpContext context, DashboardFrame frame, ILinkTypeStore types, CancellationToken cancellationToken) =>
                Form(context, frame, await types.ReadAsync(context.CurrentProject().Id, cancellationToken), new FormErrors()))
            .RequireAuthorization(SessionScheme.Editor);
    }

    /// <summary>The list that a filter line gives.</summary>
    public static string PathOf(Project project, FilterLine line) =>
        line.Text.Length == 0 ? $"/app/p/{project.Id}/links" : $"/app/p/{project.Id}/links?q={Uri.EscapeDataString(line.Text)}";

    /// <summary>Where a page asks whether links have changed since it was made.</summary>
    public static string NewsPathOf(Project project, LinkListing listing) =>
        $"/app/p/{project.Id}/links/news?since={Uri.EscapeDataString(listing.Snapshot.Version)}";

    private static async Task<IResult> ShowAsync(
        HttpContext context, DashboardFrame frame, LinkLists lists, ViewRegistry views, ILinkTypeStore types, IUndoStore undo,
        TimeProvider time, CancellationToken cancellationToken, string? q = null, string? cursor = null)
    {
        var project = context.CurrentProject();
        if (await lists.OpenSoonAsync(project, cancellationToken) is not { } listing)
            return LoadingPage.Of(context, frame, lists, "Links", "links");
        var known = await types.ReadAsync(project.Id, cancellationToken);
        var (usable, problems) = NamedTypes.Read(q, known, listing);
        var line = usable ?? FilterLine.All;
        var page = problems.Count > 0
            ? new ListedLinks([], 0, null)
            : await lists.PageAsync(
                listing, line, PageSize, PlaceCursor.Needed(project.Id, line.Order, cursor), cancellationToken);
        var (lines, total) = (new LineMaker(project, time.GetUtcNow()), listing.Count(FilterLine.All));
        var named = await views.ListAsync(project.Id, context.Holder(), cancellationToken);
        var saved = named.Items
            .Select(view => SavedViewPage.ChipOf(project, context.Holder(), listing, line, view)).ToList();
        var isNamed = saved.Any(view => view.Chip.IsOn) || BuiltInViews.All.Any(view => view.Line == line);
        var next = page.Next is { } place ? PlaceCursor.Write(project.Id, line.Order, place) : null;
        var recent = await BulkPage.RecentAsync(context, undo, cancellationToken);
        var around = frame.Of(context, "Links", "links")
            .LeavingOut(listing.Snapshot.Unreadable.Count + page.Unreadable, "link").LeavingOut(named.SetAside.Count, "view")
            .LeavingOut(recent.SetAside.Count, "act that can be undone", "acts that can be undone").LeavingOut(known.Unreadable, "type");
        return new SlicePage(Views.Slices.Links.Create(new LinksModel
        {
            Frame = around,
            Filter = q ?? "",
            Problems = [.. problems.Select(problem => WebText.Cut(problem, ProblemLength))],
            Found = page.Total,
            Total = total,
            Caption = page.Total == total ? CountText.Of(total, "link") : string.Create(
                CultureInfo.InvariantCulture, $"{page.Total:N0} of {CountText.Of(total, "link")}"),
            Links = [.. page.Links.Select(lines.Of)],
            Chips = [.. Chips(project, listing, line, FilterBy.State, 10), .. TypeChips(project, listing, line, known),
                .. Chips(project, listing, line, FilterBy.Tag, TagsShown)],
            Types = [.. known.All.Select(type => (type.Key, WebText.Visible(type.Name)))],
            Views = [.. BuiltInViews.All.Select(view => ViewOf(project, listing, line, view))],
            Saved = saved,
            ToSave = problems.Count > 0 || line.Text.Length == 0 || isNamed ? null : line.Text,
            Files = page.Total == 0 ? [] : ExportsPage.FilesOf(project, line.Text),
            Orders = [.. Orders(project, line)],
            NewsPath = NewsPathOf(project, listing),
            Recent = BulkPage.LinesOf(context, recent.Items, lines.Moments, around.Notice?.UndoPath),
            Pager = Paging.Of(context, next, cursor),
        }));
    }

    // Rows never move under the reader: what has changed since is told, and shown when asked for.
    private static async Task<IResult> NewsAsync(
        HttpContext context, LinkLists lists, CancellationToken cancellationToken, string since = "")
    {
        var version = (await lists.OpenAsync(context.CurrentProject(), cancellationToken)).Snapshot.Version;
        if (EntityTags.IsKnown(context, version))
            return Results.StatusCode(StatusCodes.Status304NotModified);
        return new SlicePage(Views.Slices._News.Create(version != since));
    }

    private static IEnumerable<Chip> Chips(Project project, LinkListing listing, FilterLine line, FilterKey key, int max)
    {
        foreach (var value in listing.Facet(key, line, max).Values)
        {
            var term = FilterTerm.Of(key, value.Value);
            var isOn = line.Terms.Contains(term);
            var words = key == FilterBy.State ? States.Words(value.Value) : WebText.Short(value.Value, TagLength);
            yield return new Chip(words, PathOf(project, isOn ? line.Without(term) : line.WithOnly(term)), isOn, value.Links);
        }
    }

    private static IEnumerable<Chip> TypeChips(Project project, LinkListing listing, FilterLine line, ProjectTypes types) =>
        Chips(project, listing, line, FilterBy.Type, TypesShown).Select(
            chip => types.Find(chip.Words) is { } type ? chip with { Words = WebText.Short(type.Name, TagLength) } : chip);

    private static Chip ViewOf(Project project, LinkListing listing, FilterLine line, NamedLine view) =>
        new(view.Name, PathOf(project, view.Line), line == view.Line, listing.Count(view.Line));

    private static IEnumerable<Chip> Orders(Project project, FilterLine line)
    {
        (string Words, LinkOrder Order)[] orders =
        [
            ("newest state first", new(LinkSort.Since, true)), ("longest in their state first", new(LinkSort.Since, false)),
            ("by page", new(LinkSort.Page, false)), ("by price", new(LinkSort.Cost, true)),
            ("last seen longest ago", new(LinkSort.Seen, false)),
        ];
        foreach (var (words, order) in orders)
            yield return new Chip(words, PathOf(project, line.OrderedBy(line.Order == order ? null : order)), line.Order == order);
    }

    private static async Task<IResult> AddAsync(
        HttpContext context, DashboardFrame frame, BatchRegistration batch, ILinkTypeStore types, CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        var json = LinkForm.New(context.Request.Form).ToJson();
        var result = await batch.RegisterOneAsync(project, json, leavesKnown: true, new FieldErrors(), cancellationToken);
        if (result.Problem is { } problem)
            return Form(
                context, frame, await types.ReadAsync(project.Id, cancellationToken),
                FormErrors.Of(problem.Errors, context.Request.Form));
        var added = result.Stored!;
        var path = LineMaker.PathOf(project, added.Id.Value);
        if (result.Outcome != RegistrationOutcome.Created)
            return frame.Refused(
                context, path, "This link is watched already. Nothing of it was changed; edit it if something else is expected of it.");
        return frame.Done(
            context, $"{path}?wait=0", "The link is added. Its first verdict shows below.",
            result.Note());
    }

    private static SlicePage Form(HttpContext context, DashboardFrame frame, ProjectTypes types, FormErrors errors)
    {
        var project = context.CurrentProject();
        var fields = LinkForm.Whole(errors, null, types);
        return new SlicePage(
            Views.Slices.FormPage.Create(new FormModel(
                frame.Of(context, "Add a link", "links"), $"/app/p/{project.Id}/links", "Add and check now", fields,
                errors.Others(fields))),
            errors.Status);
    }
}
