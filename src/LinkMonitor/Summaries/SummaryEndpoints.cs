using LinkMonitor.Alerts.Listing;
using LinkMonitor.Keys;
using LinkMonitor.Monitoring;
using LinkMonitor.Placements.Reporting;
using LinkMonitor.Projects;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Links;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Summaries;

/// <summary>The route <c>/api/v1/projects/{id}/summary</c>.</summary>
internal static class SummaryEndpoints
{
    public static void MapSummaries(this IEndpointRouteBuilder api) =>
        api.MapProject().WithTags("Projects").MapGet("/summary", SummarizeAsync).RequireAuthorization(KeyPolicies.Read)
            .WithSummary("How a project's links are: counts by state, what is at stake, the next check and the last alert");

    private static async Task<Ok<ProjectSummary>> SummarizeAsync(
        string projectId,
        HttpContext context,
        ILinkStore links,
        IAlertStore alerts,
        IOptions<MonitoringOptions> options,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        var now = time.GetUtcNow();
        var tally = new SummaryTally(project, options.Value, now);
        await foreach (var link in links.ReadAllAsync(project.Id, LinkFilter.None, cancellationToken))
            tally.Add(link);
        var last = (await AlertListing.ReadAsync(alerts, project.Id, 1, null, cancellationToken)).Items;
        return TypedResults.Ok(new ProjectSummary
        {
            ProjectId = project.Id.Value,
            Name = project.Name,
            AsOf = now,
            Links = tally.Links,
            Suspected = tally.Suspected,
            Muted = tally.Muted,
            AtStake = tally.AtStake,
            LastCheckedAt = tally.LastCheckedAt,
            NextCheckAt = tally.NextCheckAt,
            LastAlert = last is [var alert] ? AlertView.Of(alert) : null,
        });
    }
}
