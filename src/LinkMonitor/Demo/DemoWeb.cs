using System.Collections.Concurrent;
using System.Net;
using System.Text.Encodings.Web;
using LinkMonitor.Engine.Fetching.Addresses;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Demo;

/// <summary>The made-up web: one server on loopback that answers for all its sites, and their names.</summary>
internal sealed class DemoWeb : INameResolver, IAsyncDisposable
{
    private static readonly TimeSpan Slowness = TimeSpan.FromSeconds(3);

    private readonly WebApplication _app;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, DemoLook> _looks = new(StringComparer.Ordinal);
    private volatile bool _isCatalogueGone;

    private DemoWeb(int port, TimeProvider time)
    {
        _time = time;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public int Port => new Uri(_app.Urls.Single()).Port;

    /// <summary>Whether slow sites are slow; not while their past is made.</summary>
    public bool IsSlow { get; set; }

    /// <param name="port">On 127.0.0.1; 0 for any.</param>
    public static async Task<DemoWeb> StartAsync(int port, TimeProvider time, CancellationToken cancellationToken)
    {
        var web = new DemoWeb(port, time);
        try
        {
            await web._app.StartAsync(cancellationToken);
            return web;
        }
        catch
        {
            await web.DisposeAsync();
            throw;
        }
    }

    public WebUrl UrlOf(DemoPage page) => Url(page.Host, page.Path);

    public WebUrl TargetOf(DemoPage page) => Url(DemoSite.Home, page.Target);

    /// <summary>Has a page look so from now on.</summary>
    public void Show(DemoPage page, DemoLook look) => _looks[page.Host] = look;

    /// <summary>Plays a scene of the script.</summary>
    public void Play(DemoScene scene)
    {
        if (scene.Look is { } look)
            _looks[scene.Host] = look;
        else
            _isCatalogueGone = true;
    }

    /// <summary>Every site of the demo is on this machine, and no other name exists: nothing is asked of the network.</summary>
    public ValueTask<NameAnswer> ResolveAsync(string host, CancellationToken cancellationToken) => ValueTask.FromResult(
        host.TrimEnd('.').EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            ? NameAnswer.Found([IPAddress.Loopback])
            : NameAnswer.NotFound);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private WebUrl Url(string host, string path) =>
        WebUrl.TryParse(Address(host, path), out var url) ? url : throw new InvalidOperationException($"'{host}{path}' is no page.");

    private string Address(string host, string path) => $"http://{host}:{Port}{path}";

    private async Task AnswerAsync(HttpContext context)
    {
        var (host, path) = (context.Request.Host.Host, context.Request.Path.Value ?? "/");
        if (DemoSite.All.FirstOrDefault(page => page.Host == host && page.Path == path) is { } page)
            await AnswerAsync(context, page);
        else if (path == "/" && DemoSite.All.Where(one => one.Host == host).ToList() is { Count: > 0 } pages)
            await SendAsync(context, 200, DemoHtml.WritePlain(host, pages.Select(one => (Address(host, one.Path), one.Title))));
        else if (host == DemoSite.Home && DemoSite.All.Any(one => one.Target == path) && !(_isCatalogueGone && path == DemoSite.Catalogue))
            await SendAsync(context, 200, DemoHtml.WritePlain($"Fernhill Tools: {path}", Linking()));
        else
            await SendAsync(context, 404, DemoHtml.WritePlain("There is no such page", []));
    }

    private async Task AnswerAsync(HttpContext context, DemoPage page)
    {
        if (page.IsSlow && IsSlow)
            await Task.Delay(Slowness, _time, context.RequestAborted);
        var look = _looks.GetValueOrDefault(page.Host);
        await (look switch
        {
            DemoLook.Gone => SendAsync(context, 404, DemoHtml.WritePlain("There is no such page", [])),
            DemoLook.Walled => SendAsync(context, 403, DemoHtml.WriteWall()),
            _ => SendAsync(context, 200, DemoHtml.Write(page, look, Address)),
        });
    }

    private IEnumerable<(string Address, string Text)> Linking() =>
        DemoSite.All.Select(page => (Address(page.Host, page.Path), page.Title));

    private static Task SendAsync(HttpContext context, int status, string html)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(html, context.RequestAborted);
    }

    /// <summary>Ctrl+C is for the demo, which ends its web itself.</summary>
    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

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
