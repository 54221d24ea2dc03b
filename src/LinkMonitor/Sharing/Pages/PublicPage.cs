using System.Text;
using LinkMonitor.Alerts.Composing;

namespace LinkMonitor.Sharing.Pages;

/// <summary>A page for whoever has its address: server-rendered, without scripts, shown to no search engine and stored by no cache.</summary>
internal sealed class PublicPage(string title, Markup body, int status = StatusCodes.Status200OK) : IResult
{
    /// <summary>For tokens that open nothing (any more); says no more than that.</summary>
    public static PublicPage NotFound { get; } = new("This address opens nothing", Markup.Of($"""
        <div class="card"><h1>This address opens nothing</h1>
        <p>It may have been cut on its way, for example by a mail program, or what it led to was removed, or its owner has withdrawn it.</p>
        <p>Try to open it again from the original message. If that does not help, ask whoever sends you the alerts.</p></div>
        """), StatusCodes.Status404NotFound);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        SetHeaders(response);
        var html = Markup.Of($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="robots" content="noindex, nofollow">
            <title>{title}</title>
            <link rel="icon" href="data:,">
            <style>{new Markup(PublicStyle.Sheet)}</style>
            </head>
            <body>
            <main>
            {body}
            </main>
            <footer>LinkMonitor watches links and tells when they change. Whoever has the address of this page can open it.</footer>
            </body>
            </html>

            """);
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(html.Html), httpContext.RequestAborted);
    }

    /// <summary>What every answer under <c>/s</c> says: tell nobody where the reader came from, be found by nobody, be kept by nobody.</summary>
    public static void SetHeaders(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = PublicStyle.ContentSecurityPolicy;
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
    }

    /// <summary>A button that does something: only a POST changes anything.</summary>
    /// <param name="action">What the form field <c>do</c> says.</param>
    public static Markup Button(string action, string words, bool isSecond = false) => Markup.Of(
        $"""<form method="post"><input type="hidden" name="do" value="{action}"><button class="{(isSecond ? "second" : "first")}">{words}</button></form>""");
}
