using LinkMonitor.Api;
using LinkMonitor.Keys;
using LinkMonitor.Projects;
using LinkMonitor.Storage.Alerts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LinkMonitor.Alerts.Listing;

/// <summary>What was told of a project, to whom and with what result.</summary>
internal static class AlertEndpoints
{
    public static void MapAlerts(this IEndpointRouteBuilder api) =>
        api.MapProject().MapGet("/alerts", ListAsync).RequireAuthorization(KeyPolicies.Read).WithTags("Alerts")
            .WithSummary("A project's alerts with their deliveries, the newest first; one still being sent comes first");

    private static async Task<Results<Ok<SliceView<AlertView>>, ProblemHttpResult>> ListAsync(
        string projectId, int? limit, string? cursor, HttpContext context, IAlertStore alerts, CancellationToken cancellationToken)
    {
        if (!PageLimit.TryRead(limit, out var max, out var error))
            return Problems.BadRequest("The limit is not valid.", error);

        var project = context.CurrentProject().Id;
        var open = cursor is null ? await alerts.GetOpenAsync(project, cancellationToken) : null;
        var closed = await alerts.ListAsync(project, max, cursor, cancellationToken);
        var views = closed.Items.Select(AlertView.Of);
        return TypedResults.Ok(new SliceView<AlertView>([.. open is null ? views : views.Prepend(AlertView.Of(open))], closed.Cursor));
    }
}
