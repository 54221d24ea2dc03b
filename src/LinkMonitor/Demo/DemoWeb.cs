using System.Collections.Concurrent;
using System.Net;
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
