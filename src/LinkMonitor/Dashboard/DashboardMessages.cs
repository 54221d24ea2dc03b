using LinkMonitor.Api;
using LinkMonitor.Views;
using LinkMonitor.Views.Slices;

namespace LinkMonitor.Dashboard;

/// <summary>Pages that say that something is not there or did not work.</summary>
internal static class DashboardMessages
{
    public static IResult Forbidden => Of(
        StatusCodes.Status403Forbidden, "Not allowed", "Your key may not do this. An owner can give it another role under People.");

    /// <summary>The same for what never was and for what a key may not know of. After a form somebody may have removed it.</summary>
    public static IResult NotFound { get; } = new NothingThere();

    public static IResult StaleForm => Of(
        StatusCodes.Status400BadRequest, "Nothing was changed",
        "The form was too old, or did not come from this page. Go back, load the page again and repeat.");

    /// <summary>Whether a request is for a page of the dashboard, whose errors are pages, too.</summary>
    public static bool IsFor(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/app", StringComparison.OrdinalIgnoreCase)
        || context.Request.Path.StartsWithSegments("/sign-in", StringComparison.OrdinalIgnoreCase);

    /// <summary>The page for a status that nobody has described, in the same words as the API has.</summary>
    public static IResult ForStatus(int status) => status switch
    {
        StatusCodes.Status404NotFound => NotFound,
        StatusCodes.Status403Forbidden => Forbidden,
        StatusCodes.Status413PayloadTooLarge => Of(
            status, "Too large", "A form may bring 12 MB, a page that you hand over 10 MB. Nothing was changed."),
        _ => Of(status, StatusWords.Title(status).TrimEnd('.'), StatusWords.Detail(status)),
    };

    /// <summary>A page with one message.</summary>
    public static IResult Of(int status, string title, string text) => new SlicePage(
        Message.Create(new MessageModel(new Frame { Title = title }, text, "/app", "To your projects")), status);
}

/// <summary>404: a page that there is none of, or the end of an act on what is not there any more.</summary>
internal sealed class NothingThere : IResult, IStatusCodeHttpResult
{
    public int? StatusCode => StatusCodes.Status404NotFound;

    public Task ExecuteAsync(HttpContext httpContext) => DashboardMessages.Of(
        StatusCodes.Status404NotFound, "Not found",
        HttpMethods.IsGet(httpContext.Request.Method) || HttpMethods.IsHead(httpContext.Request.Method)
            ? "There is no such page, or your key does not open its project."
            : "Nothing was done: somebody has removed what it was about since you opened the page, or your key does not open it.")
        .ExecuteAsync(httpContext);
}
