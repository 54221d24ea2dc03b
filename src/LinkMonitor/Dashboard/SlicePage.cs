using System.Text.Encodings.Web;
using System.Text.Unicode;
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
