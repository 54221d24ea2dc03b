using LinkMonitor.Api;
using LinkMonitor.Views;
using LinkMonitor.Views.Slices;

namespace LinkMonitor.Dashboard;

/// <summary>Pages that say that something is not there or did not work.</summary>
internal static class DashboardMessages
{
    public static IResult Forbidden => Of(
        StatusCodes.Status403Forbidden, "Not allowed", "Your key may not do this. An owner can give it another role under People.");

    public static IResult NotFound => Of(
        StatusCodes.Status404NotFound, "Not found", "There is no such page, or your key does not open its project.");

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
