using System.Text.Encodings.Web;

namespace LinkMonitor.Demo;

/// <summary>The pages of the demo as HTML: enough words and links around the watched one that each reads like a page.</summary>
internal static class DemoHtml
{
    private const string Style =
        "body{font:1rem/1.6 system-ui,sans-serif;max-width:42rem;margin:0 auto;padding:1rem;color-scheme:light dark}"
        + "aside,footer,nav{font-size:.85rem;opacity:.8}";

    /// <param name="origin">Gives the address of a path on a host.</param>
    public static string Write(DemoPage page, DemoLook look, Func<string, string, string> origin)
    {
        var robots = look == DemoLook.Noindex ? "<meta name=\"robots\" content=\"noindex\">" : "";
        var direction = page.IsRightToLeft ? " dir=\"rtl\"" : "";
        return $"""
            <!doctype html>
            <html lang="{page.Language}"{direction}>
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width">{robots}
            <title>{Text(page.Title)}</title><style>{Style}</style></head>
            <body>
            <nav><a href="{origin(page.Host, "/")}">{Text(page.Host)}</a></nav>
            <main><article><h1>{Text(page.Title)}</h1>
            <p>{Text(page.Before)} {Link(page, look, origin)} {Text(page.After)}</p>
            <p>A page of the demo of LinkMonitor: the site, its words and everybody in them are made up. It stands on this machine alone,
            and it is gone when the demo ends. What is around the link stays as it is, so that only the link itself can change.</p>
            <p>Read on: <a href="{origin(page.Host, "/about")}">about us</a>, <a href="{origin(page.Host, "/archive")}">the archive</a>
            and <a href="{origin(page.Host, "/contact")}">how to write to us</a>.</p></article></main>
            <footer>{Text(page.Host)}</footer>
            </body></html>
            """;
    }

    /// <summary>The first page of a site, or a page of the site that all links lead to.</summary>
    public static string WritePlain(string title, IEnumerable<(string Address, string Text)> links) => $"""
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        <title>{Text(title)}</title><style>{Style}</style></head>
        <body><main><h1>{Text(title)}</h1><p>A site of the demo of LinkMonitor, made up from beginning to end.</p>
        <ul>{string.Concat(links.Select(link => $"<li><a href=\"{link.Address}\">{Text(link.Text)}</a></li>"))}</ul></main></body></html>
        """;

    /// <summary>What a bot wall shows instead of a page.</summary>
    public static string WriteWall() => """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>Just a moment...</title></head>
        <body><h1>Checking if the site connection is secure</h1><p>Enable JavaScript and cookies to continue</p></body></html>
        """;

    private static string Link(DemoPage page, DemoLook look, Func<string, string, string> origin)
    {
        var anchor = look == DemoLook.Reworded ? "click here" : page.Anchor;
        if (look == DemoLook.Unlinked)
            return Text(anchor);
        var rel = look == DemoLook.Nofollow ? "nofollow" : page.Rel;
        return $"<a href=\"{origin(DemoSite.Home, page.Target)}\"{(rel.Length > 0 ? $" rel=\"{rel}\"" : "")}>{Text(anchor)}</a>";
    }

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);
}
