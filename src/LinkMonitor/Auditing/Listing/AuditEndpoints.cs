using System.Text.Json;
using System.Text.Json.Serialization;
using LinkMonitor.Api;
using LinkMonitor.Api.Queries;
using LinkMonitor.Keys;
using LinkMonitor.Projects;
using LinkMonitor.Storage.Auditing;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Paging;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LinkMonitor.Auditing.Listing;

/// <summary>Who did what, over the API.</summary>
internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder api)
    {
        api.MapProject().MapGet("/audit", ListAsync).RequireAuthorization(KeyPolicies.Read).WithTags("Audit log")
            .WithSummary("Who did what in a project, the newest first");
        api.MapGet("/audit", ListInstallationAsync).RequireAuthorization(KeyPolicies.AdminAll).WithTags("Audit log")
            .WithSummary("Who did what in the installation, the newest first: keys, failed messages, projects created and deleted");
    }

    private static async Task<Ok<SliceView<AuditView>>> ListAsync(
        string projectId, [PageLimit] int? limit, [CursorOf(ListNames.Audit, "projectId")] string? cursor, HttpContext context,
        IAuditStore audit, CancellationToken cancellationToken)
    {
        var slice = await audit.ListAsync(
            context.CurrentProject().Id, limit ?? PageLimitAttribute.Default, cursor, cancellationToken);
        return TypedResults.Ok(slice.View(AuditView.Of));
    }

    private static async Task<Ok<SliceView<AuditView>>> ListInstallationAsync(
        [PageLimit] int? limit, [CursorOf(ListNames.InstallationAudit)] string? cursor, IAuditStore audit,
        CancellationToken cancellationToken)
    {
        var slice = await audit.ListAsync(null, limit ?? PageLimitAttribute.Default, cursor, cancellationToken);
        return TypedResults.Ok(slice.View(AuditView.Of));
    }
}

/// <summary>Something that somebody did, as the API shows it.</summary>
/// <param name="By">Who did it: the id of the key, and its name at that time.</param>
/// <param name="What">A short English sentence.</param>
/// <param name="About">The identity of what was done something to; null when it was several things.</param>
public sealed record AuditView(string Id, DateTimeOffset At, Author By, string What, string? About)
{
    internal static AuditView Of(AuditEntry entry) => new(entry.Id, entry.At, entry.By, entry.What, entry.About);
}

/// <summary>The JSON of the API for the audit log.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(SliceView<AuditView>))]
internal sealed partial class AuditJson : JsonSerializerContext;
