using System.Security.Cryptography;
using System.Text;
using LinkMonitor.Api;
using LinkMonitor.Api.Pipeline;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Wording;

namespace LinkMonitor.Sharing;

/// <summary>
/// A page for whoever has its address: server-rendered, without scripts, shown to no search engine and stored by no cache.
/// </summary>
internal sealed class PublicPage(string title, Markup body, int status = StatusCodes.Status200OK) : IResult
{
    /// <summary>For tokens that open nothing (any more); says no more than that.</summary>
    public static PublicPage NotFound { get; } = new("This address does not work", Markup.Of($"""
        <div class="card"><h1>This address does not work</h1>
        <p>It may have been cut short, for example by a mail program. Or its time is over, its page was removed, or its owner revoked
        it.</p>
        <p>Open it again from the original message. If that does not help, ask whoever sent it to you.</p></div>
        """), StatusCodes.Status404NotFound);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        SetHeaders(response);
        var html = Document(title, body, Markup.Of($"""
            <footer>LinkMonitor watches links and reports when they change.{(status == StatusCodes.Status200OK
                ? " Anyone with the address of this page can open it." : "")}</footer>
            """));
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(html.Html), httpContext.RequestAborted);
    }

    /// <summary>For a browser whose request the web server could not read, before anything of ours ran.</summary>
    public static RefusalPage OfRefusal(int status)
    {
        var title = StatusWords.Title(status).TrimEnd('.');
        var text = status == StatusCodes.Status400BadRequest
            ? "The address, or what your browser sent with it, cannot be read. Look for signs in the address that belong in none, such as "
                + "%00."
            : StatusWords.Detail(status);
        return new RefusalPage(
            Document(title, Markup.Of($"""
                <div class="card"><h1>{title}</h1>
                <p>{text}</p>
                <p><a href="/app">To your projects</a></p></div>
                """), Markup.Empty).Html,
            PublicStyle.ContentSecurityPolicy);
    }

    private static Markup Document(string title, Markup body, Markup footer) => Markup.Of($"""
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
        {footer}
        </body>
        </html>

        """);

    /// <summary>
    /// What every answer under <c>/s</c> says: tell nobody where the reader came from, be found by nobody, be kept by nobody.
    /// </summary>
    public static void SetHeaders(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = PublicStyle.ContentSecurityPolicy;
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
    }

    /// <summary>How many changes a page leaves out because their rows cannot be read; nothing for none.</summary>
    public static Markup LeavingOut(int changes) => changes == 0 ? Markup.Empty : Markup.Of($"""
        <p><strong>{CountText.Of(
            changes, "change cannot be read where it is stored and is left out here.",
            "changes cannot be read where they are stored and are left out here.")}</strong></p>
        """);

    /// <summary>A button that does something: only a POST changes anything.</summary>
    /// <param name="action">What the form field <c>do</c> says.</param>
    public static Markup Button(string action, string words, bool isSecond = false) => Markup.Of(
        $"""
        <form method="post"><input type="hidden" name="do" value="{action}"><button
        class="{(isSecond ? "second" : "first")}">{words}</button></form>
        """);
}

/// <summary>
/// The one style sheet of the public pages, inside each page. Colours have a contrast of at least 4.5 to 1 (WCAG 1.4.3) in light and dark.
/// </summary>
internal static class PublicStyle
{
    public const string Css = """
        :root { color-scheme: light dark; --ink: #1c2330; --soft: #4d5870; --line: #d9deea; --back: #f4f6fb; --card: #fff; --link: #1d4ed8;
        --on: #fff;
          --bad: #b3261e; --warn: #8a5300; --good: #19692c; --none: #4d5870; --mark: #e8edfb; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e8ecf5; --soft: #a9b3c8; --line: #323c51; --back: #10141d; --card: #181f2c;
        --link: #9dbdff; --on: #10141d;
          --bad: #ff9c94; --warn: #ffc36b; --good: #86d694; --none: #a9b3c8; --mark: #263450; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--back); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", sans-serif; }
        main { max-width: 50rem; margin: 0 auto; padding: 2.5rem 1.25rem 1rem; }
        footer { max-width: 50rem; margin: 0 auto; padding: 0 1.25rem 2.5rem; color: var(--soft); font-size: .875rem; }
        .card { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1.5rem; margin: 0 0 1.25rem; }
        h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .75rem; overflow-wrap: anywhere; }
        h2 { font-size: 1.05rem; margin: 0 0 .75rem; }
        p { margin: 0 0 .9rem; }
        p:last-child { margin-bottom: 0; }
        a { color: var(--link); overflow-wrap: anywhere; }
        .soft { color: var(--soft); }
        .state { font-weight: 700; }
        .bad { color: var(--bad); } .warn { color: var(--warn); } .good { color: var(--good); } .none { color: var(--none); }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: .35rem 1rem; margin: 0 0 .9rem; }
        dt { color: var(--soft); }
        dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
        ul { margin: 0; padding-left: 1.2rem; }
        li { margin: 0 0 .5rem; overflow-wrap: anywhere; }
        table { width: 100%; border-collapse: collapse; font-size: .9rem; table-layout: fixed; }
        th, td { text-align: left; vertical-align: top; padding: .45rem .5rem; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
        thead th { border-top: 0; color: var(--soft); font-weight: 600; }
        thead th:first-child { width: 8.5rem; }
        th { overflow-wrap: normal; }
        tbody th { font-weight: 600; }
        .differs td { background: var(--mark); font-weight: 600; }
        textarea { width: 100%; font: .875rem/1.5 ui-monospace, monospace; color: var(--ink); background: var(--back);
        border: 1px solid var(--line); border-radius: .5rem; padding: .75rem; }
        form { display: inline-block; margin: .25rem .75rem .25rem 0; }
        button, .button { font: inherit; font-weight: 600; display: inline-block; padding: .55rem 1rem; border-radius: .5rem;
        border: 1px solid var(--link); background: var(--link);
          color: var(--on); text-decoration: none; cursor: pointer; margin: .25rem .75rem .25rem 0; }
        form button { margin: 0; }
        .second { background: transparent; color: var(--link); }
        button:focus-visible, a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
        @media (max-width: 34rem) { main { padding-top: 1.25rem; } .card { padding: 1.1rem; } dl { grid-template-columns: 1fr; gap: 0; }
        dd { margin-bottom: .5rem; }
          thead { display: none; } tr, tbody th, td { display: block; } tbody tr { border-top: 1px solid var(--line); padding: .4rem 0; }
          tbody th, td { border: 0; padding: .1rem .4rem; }
          td::before { content: attr(data-of) ": "; color: var(--soft); font-weight: 400; } }
        """;

    /// <summary>
    /// Only this style sheet, nothing from anywhere, forms to ourselves; the icon is empty, so that browsers do not ask for one.
    /// </summary>
    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Sheet)))}'; img-src data:; "
            + $"base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>The style sheet exactly as it stands between the tags: the policy's hash is of it, line ends included.</summary>
    public static string Sheet => Css.ReplaceLineEndings("\n");
}
