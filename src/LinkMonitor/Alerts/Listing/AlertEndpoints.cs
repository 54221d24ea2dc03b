using System.Globalization;
using LinkMonitor.Api;
using LinkMonitor.Api.Queries;
using LinkMonitor.Changes;
using LinkMonitor.Keys;
using LinkMonitor.Projects;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LinkMonitor.Alerts.Listing;

/// <summary>What was told, to whom and with what result.</summary>
internal static class AlertEndpoints
{
    public static void MapAlerts(this IEndpointRouteBuilder api)
    {
        var project = api.MapProject().WithTags("Alerts");
        project.MapGet("/alerts", ListAsync).RequireAuthorization(KeyPolicies.Read)
            .WithSummary("A project's alerts with their deliveries, the newest first; those still being sent come first");
        project.MapGet("/alerts/{alertId}", GetAsync).RequireAuthorization(KeyPolicies.Read)
            .WithSummary("One alert with the changes it tells, the oldest first");
        api.MapGet("/notices", NoticesAsync).RequireAuthorization(KeyPolicies.Admin).WithTags("Alerts")
            .WithSummary("What the operator of the installation was told, the newest first; what is still being sent comes first");
    }

    private static async Task<Ok<SliceView<AlertView>>> ListAsync(
        string projectId, [PageLimit] int? limit, [AlertCursor] string? cursor, HttpContext context, IAlertStore alerts, CancellationToken cancellationToken)
    {
        return TypedResults.Ok(await ReadAsync(alerts, context.CurrentProject().Id, AlertView.Of, limit, cursor, cancellationToken));
    }

    private static async Task<Ok<SliceView<NoticeView>>> NoticesAsync(
        [PageLimit] int? limit, [AlertCursor] string? cursor, IAlertStore alerts, CancellationToken cancellationToken)
    {
        return TypedResults.Ok(await ReadAsync(alerts, Alert.OperatorPartition, NoticeView.Of, limit, cursor, cancellationToken));
    }

    private static async Task<SliceView<T>> ReadAsync<T>(
        IAlertStore alerts, ProjectId partition, Func<Alert, T> view, int? limit, string? cursor, CancellationToken cancellationToken)
    {
        var slice = await AlertListing.ReadAsync(alerts, partition, limit ?? PageLimitAttribute.Default, cursor, cancellationToken);
        return new SliceView<T>([.. slice.Items.Select(view)], slice.Cursor);
    }

    private static async Task<Results<Ok<AlertDetailView>, ValidationProblem, ProblemHttpResult>> GetAsync(
        string projectId,
        string alertId,
        [PageLimit] int? limit,
        [PlaceCursor] string? cursor,
        HttpContext context,
        IAlertStore alerts,
        ILinkStore links,
        CancellationToken cancellationToken)
    {
        var max = limit ?? PageLimitAttribute.Default;
        var project = context.CurrentProject().Id;
        if (!AlertIds.IsValid(alertId) || await alerts.GetAsync(project, alertId, cancellationToken) is not { } alert)
            return Problems.NotFound($"The project has no alert '{alertId}'.");

        var keys = await alerts.GetChangeKeysAsync(alert, cancellationToken);
        var first = string.IsNullOrEmpty(cursor) ? 0 : PlaceCursorAttribute.Read(cursor)!.Value;
        if (first > 0 && first >= keys.Count)
            return Problems.Invalid("cursor", CursorOfAttribute.NoCursor);
        var changes = await links.GetChangesAsync(project, [.. keys.Skip(first).Take(max)], cancellationToken);
        var next = first + max < keys.Count ? (first + max).ToString(CultureInfo.InvariantCulture) : null;
        return TypedResults.Ok(new AlertDetailView(AlertView.Of(alert), [.. changes.Items.Select(ChangeView.Of)], next));
    }
}
