using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Auditing;
using LinkMonitor.Dashboard.Sessions;
using LinkMonitor.Filtering;
using LinkMonitor.Keys;
using LinkMonitor.Projects;
using LinkMonitor.Snapshots;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Views;
using LinkMonitor.Wording;

namespace LinkMonitor.Dashboard.Pages;

/// <summary><c>/app</c>: the projects that the key opens, and a form for a new one.</summary>
internal static class ProjectsPage
{
    private const int PageSize = 50;

    public static void MapProjectList(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/", ShowAsync);
        pages.MapPost("/projects", CreateAsync).RequireAuthorization(SessionScheme.EditorOfAll);
    }

    private static Task<IResult> ShowAsync(
        HttpContext context, DashboardFrame frame, IProjectStore projects, LinkLists lists, CancellationToken cancellationToken,
        string? cursor = null) =>
        WriteAsync(context, frame, projects, lists, cursor, new FormErrors(), cancellationToken);

    private static async Task<IResult> CreateAsync(
        HttpContext context, DashboardFrame frame, IProjectStore projects, LinkLists lists, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var body = Body<ProjectRequest>.Read(
            new FormBody(context.Request.Form).AnyText("name").List("recipients").Text("timeZone").ToJson(), new FieldErrors());
        var draft = new Project { Id = ProjectId.New(), Name = string.Empty, CreatedAt = time.GetUtcNow() };
        var project = ProjectRequestReader.Apply(body.Value, body.Json, draft, body.Errors);
        if (body.Errors.Any)
        {
            var errors = FormErrors.Of(body.Errors, context.Request.Form);
            return await WriteAsync(context, frame, projects, lists, null, errors, cancellationToken);
        }

        await projects.AddAsync(project, cancellationToken);
        return frame.Done(
            context, $"/app/p/{project.Id}", $"The project {project.Name} is made. Add its first link.",
            new AuditNote($"Created the project '{project.Name}'", project.Id.Value, IsOfInstallation: true));
    }

    private static async Task<IResult> WriteAsync(
        HttpContext context, DashboardFrame frame, IProjectStore projects, LinkLists lists, string? cursor, FormErrors errors,
        CancellationToken cancellationToken)
    {
        var slice = await projects.ListAsync(PageSize, cursor, cancellationToken);
        var open = slice.Items.Where(project => context.Holder().Opens(project.Id)).ToList();
        var listings = await lists.OpenSoonAsync(open, cancellationToken);
        var lines = open.Zip(
            listings, (project, listing) => listing is null ? LoadingOf(project, lists) : LineOf(project, listing)).ToList();
        var next = slice.Cursor is null ? null : $"/app?cursor={Uri.EscapeDataString(slice.Cursor)}";
        var mayCreate = context.Holder() is { Projects.IsAll: true, Scope: not ApiKeyScope.Read };
        // Whose projects they are that cannot be read, only who sees all may know.
        var hidden = context.Holder().Projects.IsAll ? slice.SetAside : 0;
        var page = frame.Of(context, "Projects").LeavingOut(hidden, "project") with
        {
            RefreshAfter = lines.Any(line => line.Loading is not null) ? 3 : null,
        };
        var model = new ProjectsModel(
            page, lines, new Pager(next, cursor is null ? null : "/app"), mayCreate ? Fields(errors) : []);
        return new SlicePage(Views.Slices.Projects.Create(model), errors.Status);
    }

    private static ProjectLine LoadingOf(Project project, LinkLists lists) => new(project.Id.Value, WebText.Visible(project.Name), 0, [], 0)
    {
        Loading = new LoadingPart(lists.ReadSoFar(project), $"/app/p/{project.Id}"),
    };

    private static ProjectLine LineOf(Project project, LinkListing listing) => new(
        project.Id.Value,
        WebText.Visible(project.Name),
        listing.Count(FilterLine.All),
        [.. OverviewPage.StatesOf(project, listing)],
        listing.Count(OverviewPage.Human))
    { Unreadable = listing.Snapshot.Unreadable.Count };

    private static Field[] Fields(FormErrors errors) =>
    [
        errors.Named("name", help: "A site, or a client.") with { IsNeeded = true },
        errors.Named("recipients", help: "E-mail addresses, with commas between. You can add them later."),
        errors.Named("timeZone", "UTC", "For example Europe/Berlin."),
    ];
}
