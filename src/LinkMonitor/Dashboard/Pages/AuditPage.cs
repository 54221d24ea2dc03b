using LinkMonitor.Auditing;
using LinkMonitor.Projects;
using LinkMonitor.Storage.Auditing;
using LinkMonitor.Storage.Cases;
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

    /// <summary>Where what an entry is about is shown; null when it has no page.</summary>
    /// <param name="about">An identity, which says by its form of what it is.</param>
    private static string? PathOf(ProjectId? project, string? about)
    {
        if (project is not { } id)
            return about is null ? null : ProjectId.IsValid(about) ? $"/app/p/{about}" : "/app/people";
        var at = $"/app/p/{id}";
        return about is null ? null
            : LinkIdFactory.IsValid(about) ? $"{at}/links/{about}"
            : CaseIds.IsValid(about) ? $"{at}/cases/{about}"
            : about.StartsWith("chn_", StringComparison.Ordinal) ? $"{at}/channels"
            : about == id.Value ? $"{at}/settings"
            : null;
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
                .Select(entry => new AuditLine(
                    moments.Of(entry.At), WebText.Visible(entry.By.Name),
                    WebText.Cut(WebText.Readable(AuditWords.Readable(entry.What)), TextShown),
                    PathOf(project, entry.About))),
            ],
            Paging.Of(context, slice.Cursor, cursor))));
    }
}
