using System.Text.Encodings.Web;
using System.Text.Unicode;
using LinkMonitor.Api;
using LinkMonitor.Api.Limits;
using LinkMonitor.Views;
using LinkMonitor.Views.Slices;
using RazorSlices;

namespace LinkMonitor.Dashboard;

/// <summary>
/// A page of the dashboard as an answer: rendered on the server, kept by no cache, with nothing in it from anywhere else.
/// </summary>
/// <param name="keepsOpener">
/// The page talks with the tab that opened it, whatever site that shows; all other pages are cut off from such tabs.
/// </param>
internal sealed class SlicePage(RazorSlice slice, int status = StatusCodes.Status200OK, bool keepsOpener = false)
    : IResult, IStatusCodeHttpResult
{
    /// <summary>
    /// Nothing is inline, so there is no nonce. The script may make HTML only of what this server sent it, through a policy of its own
    /// (https://www.w3.org/TR/trusted-types/).
    /// </summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri "
            + "'none'; "
            + "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lm";

    // Text of all scripts as it is: encoded it would be five times as long.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public int? StatusCode => status;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        SetHeaders(response);
        if (keepsOpener)
            response.Headers["Cross-Origin-Opener-Policy"] = "unsafe-none";
        using (slice)
        {
            slice.HttpContext = httpContext;
            await slice.RenderAsync(response.BodyWriter, Encoder, httpContext.RequestAborted);
        }

        await response.BodyWriter.FlushAsync(httpContext.RequestAborted);
    }

    /// <summary>What every answer of the dashboard says.</summary>
    public static void SetHeaders(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        response.Headers["Referrer-Policy"] = "same-origin";
        response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (response.Headers.CacheControl.Count == 0)
            response.Headers.CacheControl = "no-store";
    }
}

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

    /// <summary>Whether a request is for a page of the dashboard, whose errors are pages, too; or for one that a person mistyped.</summary>
    public static bool IsFor(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/app", StringComparison.OrdinalIgnoreCase)
        || context.Request.Path.StartsWithSegments("/sign-in", StringComparison.OrdinalIgnoreCase)
        || (IsOfBrowser(context.Request) && !context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase));

    // Programs get what programs read, whatever they accept. https://www.w3.org/TR/fetch-metadata/#sec-fetch-mode-header
    private static bool IsOfBrowser(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsPost(request.Method)) && request.Headers["Sec-Fetch-Mode"] == "navigate";

    /// <summary>The page for a status that nobody has described, in the same words as the API has.</summary>
    public static IResult ForStatus(HttpContext context, int status) => status switch
    {
        StatusCodes.Status404NotFound => NotFound,
        StatusCodes.Status403Forbidden => Forbidden,
        StatusCodes.Status413PayloadTooLarge => Of(
            status, "Too large", $"What you send here may have {BodyLimits.Text(BodyLimits.Of(context))}. Nothing was changed."),
        StatusCodes.Status429TooManyRequests => Of(
            status, StatusWords.Title(status).TrimEnd('.'), StatusWords.ComeAgain(context),
            isPublic: context.Request.Path.StartsWithSegments("/s", StringComparison.OrdinalIgnoreCase)),
        _ => Of(status, StatusWords.Title(status).TrimEnd('.'), StatusWords.Detail(status)),
    };

    /// <summary>A page with one message.</summary>
    /// <param name="isPublic">Its readers may have no projects, and are not led to them.</param>
    public static IResult Of(int status, string title, string text, bool isPublic = false) => new SlicePage(
        Message.Create(new MessageModel(new Frame { Title = title }, text, isPublic ? null : "/app", "To your projects")), status);
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
