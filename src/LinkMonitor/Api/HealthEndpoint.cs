using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Api;

/// <summary><c>GET /health</c>, open to all.</summary>
internal static class HealthEndpoint
{
    private static readonly ProjectId Nobody = new("prj_health");

    public static void MapHealth(this IEndpointRouteBuilder app) =>
        app.MapGet("/health", CheckAsync).WithTags("Health").WithSummary("Whether the storage answers; 503 when it does not")
            .Produces<HealthView>().Produces<HealthView>(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> CheckAsync(IProjectStore projects, CancellationToken cancellationToken)
    {
        try
        {
            await projects.GetAsync(Nobody, cancellationToken);
            return Results.Ok(new HealthView("ok", Product.Version, "ok"));
        }
        catch (StorageFailureException)
        {
            return Results.Json(
                new HealthView("failing", Product.Version, "The table storage does not answer or refuses our credentials."),
                statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
