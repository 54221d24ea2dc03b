using LinkMonitor.Api.Limits;
using LinkMonitor.Auditing;
using LinkMonitor.Dashboard.Sessions;
using LinkMonitor.Projects;
using LinkMonitor.Snapshots;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Views;

namespace LinkMonitor.Dashboard.Pages;

/// <summary>Registers the dashboard and maps its pages.</summary>
internal static class DashboardRoutes
{
    public static IServiceCollection AddDashboard(this IServiceCollection services) =>
        services.AddSessions()
            .AddSingleton(new SessionEnded(SignInPages.AskAgainAsync))
            .AddSingleton<DashboardFrame>()
            .AddSingleton<ChartBook>().AddSingleton<CaseScreen>().AddSingleton<CaseOwners>()
            .AddSingleton<LinkPast>().AddSingleton<FormerLinkPage>();

    public static void MapDashboard(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/assets/{name}", Asset).ExcludeFromDescription();
        routes.MapSignIn();
        var app = routes.MapGroup("/app").ExcludeFromDescription().WithBodyLimit(DashboardForm.MaxBytes).WithForms();

        // Beside the forms: what is not there has none that could be stale.
        routes.MapGroup("/app").ExcludeFromDescription().RequireAuthorization(SessionScheme.Viewer)
            .Map("{*path}", () => DashboardMessages.NotFound).WithOrder(int.MaxValue);
        var pages = app.MapGroup(string.Empty).RequireAuthorization(SessionScheme.Viewer).WithAudit();
        // The token of its form is its sender's, who must be known to check it.
        pages.MapPost("/sign-out", (Delegate)SignInPages.SignOutAsync).WithoutAudit("It ends the caller's own session.");
        pages.MapProjectList();
        pages.MapPeople();
        pages.MapVendorPages();
        pages.MapSystem();
        var project = pages.MapGroup("/p/{projectId}").AddEndpointFilter<DashboardProject>();
        project.MapOverview();
        project.MapLinkList();
        project.MapSavedViews();
        project.MapLoading();
        project.MapBulk();
        project.MapLinkDetail();
        project.MapLinkEdit();
        project.MapPageLinks();
        project.MapChangeList();
        project.MapAlertList();
        project.MapChannelList();
        project.MapSettings();
        project.MapLinkTypes();
        project.MapAuditLog();
        project.MapHuman();
        project.MapAnswerForms();
        project.MapHandOver();
        project.MapCases();
        project.MapExportPages();
        project.MapDisavowPages();
        project.MapImportList();
        project.MapImportDetail();
        project.MapReportList();
        project.MapReportForm();
        project.MapReportDetail();
        project.MapReportBrand();
    }

    private static IResult Asset(string name, HttpContext context)
    {
        if (AssetFiles.Find(name) is not { } asset)
            return Results.NotFound();
        // The name has a hash of the content in it.
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(asset.Content, asset.Type);
    }
}

/// <summary>Loads the project of the route; one that the key does not open looks like one that does not exist.</summary>
internal sealed class DashboardProject(IProjectStore projects, LinkLists lists) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (await projects.OpenProjectAsync(http) is not { } project)
            return DashboardMessages.NotFound;
        if (HttpMethods.IsGet(http.Request.Method))
            await lists.CatchUpAsync(project.Id, http.RequestAborted);
        return await next(context);
    }
}
