using LinkMonitor.Projects;
using LinkMonitor.Storage.Auditing;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Views;
using LinkMonitor.Wording;

namespace LinkMonitor.Dashboard.Pages;

/// <summary><c>/app/p/{id}/audit</c> and <c>/app/people/audit</c>: who did what.</summary>
internal static class AuditPage
{
    private const int PageSize = 50;
    private const int TextShown = 400;

    public static void MapAuditLog(this IEndpointRouteBuilder project) => project.MapGet("/audit", ShowAsync);

    /// <summary>What was done in the installation: keys, projects made and deleted, failed work.</summary>
    public static async Task<IResult> ShowInstallationAsync(
        HttpContext context, DashboardFrame frame, IAuditStore audit, TimeProvider time, CancellationToken cancellationToken,
        string? cursor = null) =>
        await WriteAsync(
            context, frame.Of(context, "What was done"), null, audit, new MomentMaker("UTC", time.GetUtcNow()), cursor, cancellationToken);

    private static async Task<IResult> ShowAsync(
        HttpContext context, DashboardFrame frame, IAuditStore audit, TimeProvider time, CancellationToken cancellationToken,
        string? cursor = null)
    {
        var project = context.CurrentProject();
        var moments = MomentMaker.Of(project, time.GetUtcNow());
        return await WriteAsync(
            context, frame.Of(context, "What was done", "settings"), project.Id, audit, moments, cursor, cancellationToken);
    }

    private static async Task<SlicePage> WriteAsync(
        HttpContext context, Frame frame, ProjectId? project, IAuditStore audit, MomentMaker moments, string? cursor,
        CancellationToken cancellationToken)
    {
        var slice = await audit.ListAsync(project, PageSize, cursor, cancellationToken);
        return new SlicePage(Views.Slices.Audit.Create(new AuditModel(
            frame,
            [
                .. slice.Items
                .Select(entry => new AuditLine(moments.Of(entry.At), WebText.Visible(entry.By.Name), WebText.Cut(entry.What, TextShown))),
            ],
            Paging.Of(context, slice.Cursor, cursor))));
    }
}
