using LinkMonitor.Api.Limits;
using LinkMonitor.Sharing.Feeds;

namespace LinkMonitor.Sharing.Pages;

/// <summary>
/// The routes under <c>/s</c>, open to whoever has the address. A GET changes nothing: mail scanners and previews follow every link.
/// </summary>
internal static class SharingEndpoints
{
    public static void MapSharing(this IEndpointRouteBuilder app)
    {
        var shared = app.MapGroup("/s").ExcludeFromDescription().WithBodyLimit(BodyLimits.Form).WithTokenLimit(PublicAddresses.IsOursAsync);
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
