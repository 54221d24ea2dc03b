using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Auditing;
using LinkMonitor.Keys;
using LinkMonitor.Projects;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Writing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LinkMonitor.Sharing.Feeds;

/// <summary>
/// The routes under <c>/api/v1/projects/{projectId}/public-addresses</c>: what a project's owner gives away without a key, and takes back.
/// </summary>
internal static class PublicAddressEndpoints
{
    private const int MaxDays = 3_650;

    public static void MapPublicAddresses(this IEndpointRouteBuilder api)
    {
        var addresses = api.MapProject().MapGroup("/public-addresses").RequireAuthorization(KeyPolicies.Write).WithTags("Public addresses");
        addresses.MapPost("/feed", MakeFeedAsync).WithSummary("Create a public address of the feed, with or without an end");
        addresses.MapPost("/revoke", RevokeAsync)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Revoke every public address of the project made so far");
    }

    private static async Task<Results<Ok<FeedAddressView>, ValidationProblem, ProblemHttpResult>> MakeFeedAsync(
        string projectId,
        Body<FeedAddressRequest> body,
        HttpContext context,
        PublicAddresses addresses,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var request = body.Value;
        if (request.ValidDays is < 1 or > MaxDays)
            body.Errors.Add("validDays", $"1 to {MaxDays} days, or null; it is {request.ValidDays}.");
        if (body.Errors.Any)
            return Problems.Invalid(body.Errors.ToDictionary());

        if (addresses.BaseUrl is not { } baseUrl)
            return Problems.BadRequest("This installation has no public address.", "Set LinkMonitor:PublicUrl to the address where "
                + "readers reach it.");

        var project = context.CurrentProject();
        // To the second, as the token has it.
        DateTimeOffset? end = request.ValidDays is { } days
            ? DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().AddDays(days).ToUnixTimeSeconds())
            : null;
        var url = new PublicLinks(baseUrl, await addresses.SignerAsync(project, end, cancellationToken)).Feed(project.Id)!;
        context.Audit("Made a public address of the feed", null);
        return TypedResults.Ok(new FeedAddressView(url, end));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        string projectId, HttpContext context, IProjectStore projects, CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        var isThere = true;
        context.Audit("Revoked all public addresses", null);
        var isDone = await Contention.TryAsync(async () =>
        {
            var next = project with { PublicGeneration = project.PublicGeneration + 1 };
            if (await projects.SaveAsync(next, cancellationToken) == SaveOutcome.Saved)
                return true;
            var now = await projects.GetAsync(project.Id, cancellationToken);
            (project, isThere) = (now ?? project, now is not null);
            return !isThere;
        }, cancellationToken);
        return !isThere ? Problems.ProjectNotFound(project.Id)
            : isDone ? TypedResults.NoContent()
            : Problems.Conflict("Nothing was revoked. Try again.");
    }
}

/// <summary>Which public address of the feed is wanted.</summary>
public sealed record FeedAddressRequest : IRequestBody<FeedAddressRequest>
{
    static JsonTypeInfo<FeedAddressRequest> IRequestBody<FeedAddressRequest>.Shape => FeedJson.Default.FeedAddressRequest;

    static bool IRequestBody<FeedAddressRequest>.MayBeAbsent => true;

    /// <summary>How long it works, 1 to 3,650 days; null for until it is revoked.</summary>
    public int? ValidDays { get; init; }
}

/// <summary>A public address of the feed.</summary>
/// <param name="ExpiresAt">Null when it works until it is revoked.</param>
public sealed record FeedAddressView(Uri Url, DateTimeOffset? ExpiresAt);

/// <summary>The JSON of the API for addresses of feeds.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(FeedAddressRequest))]
[JsonSerializable(typeof(FeedAddressView))]
internal sealed partial class FeedJson : JsonSerializerContext;
