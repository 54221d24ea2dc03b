using LinkMonitor.Api.Limits;
using LinkMonitor.Auditing;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Sharing.Feeds;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Sharing.Pages;

/// <summary>
/// The routes under <c>/s</c>, open to whoever has the address. A GET changes nothing: mail scanners and previews follow every link.
/// </summary>
internal static class SharingEndpoints
{
    public static void MapSharing(this IEndpointRouteBuilder app)
    {
        var shared = app.MapGroup("/s").ExcludeFromDescription().WithBodyLimit(BodyLimits.Form).WithTokenLimit(PublicAddresses.IsOursAsync)
            .WithAuditWhenSaid();
        shared.MapGet("/unsubscribe/{token}", UnsubscribePage.AskAsync);
        shared.MapPost("/unsubscribe/{token}", UnsubscribePage.DoAsync).DisableAntiforgery();
        shared.MapGet("/recheck/{token}", RecheckPage.AskAsync);
        shared.MapPost("/recheck/{token}", RecheckPage.DoAsync).DisableAntiforgery();
        shared.MapGet("/mute/{token}", MutePage.AskAsync);
        shared.MapPost("/mute/{token}", MutePage.DoAsync).DisableAntiforgery();
        shared.MapGet("/links/{token}", LinkPage.ShowAsync);
        shared.MapGet("/alerts/{token}", AlertPage.ShowAsync);
        shared.MapGet("/feeds/{token}", FeedEndpoints.SharedAsync);
        // The default pattern leaves out what looks like a file, which every token does.
        shared.Map("{*path}", IResult () => PublicPage.NotFound).WithOrder(int.MaxValue);
    }
}

/// <summary>What is done with public addresses in the audit log: nobody knows who has one, but which kind of address it was.</summary>
internal static class AddressAudit
{
    /// <summary>In the place of a key's id.</summary>
    public const string AuthorId = "public-address";

    public static void AuditByAddress(this HttpContext context, Project project, PublicPurpose purpose, string what, string? about)
    {
        context.Features.Set(project);
        context.Audit(new AuditNote(what, about) { By = new Author(AuthorId, $"holder of the {WireName.Of(purpose)} address") });
    }
}
