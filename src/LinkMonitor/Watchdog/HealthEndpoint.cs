using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Watchdog;

/// <summary><c>GET /health</c>, open to all.</summary>
internal static class HealthEndpoint
{
    private static readonly ProjectId Nobody = new("prj_health");

    public static void MapHealth(this IEndpointRouteBuilder app) =>
        app.MapGet("/health", CheckAsync).WithTags("Health")
            .WithSummary("Whether the storage answers (503 when it does not), and how long what waits has waited")
            .Produces<HealthView>().Produces<HealthView>(StatusCodes.Status503ServiceUnavailable);

    // What is late is no reason for whoever watches us to stop us: only a storage that fails is a 503.
    private static async Task<IResult> CheckAsync(
        IProjectStore projects, Watch watch, HealthReport report, CancellationToken cancellationToken)
    {
        try
        {
            await projects.GetAsync(Nobody, cancellationToken);
            return Results.Ok(report.Of(await watch.LookAsync(cancellationToken)));
        }
        catch (StorageFailureException)
        {
            return Results.Json(HealthReport.Failing, statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
