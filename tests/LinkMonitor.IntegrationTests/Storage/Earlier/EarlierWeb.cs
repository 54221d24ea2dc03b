using System.Net;
using LinkMonitor.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.IntegrationTests.Storage.Earlier;

/// <summary>
/// The sites that the stored pages are on, at their port, which stands in the rows; at a loopback address of this process's own, as the
/// port may be
/// taken elsewhere. Every page carries its link, but those named.
/// </summary>
internal sealed class EarlierWeb : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EarlierWeb(IPAddress address)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(address, EarlierStorage.Port));
        _app = builder.Build();
        _app.Run(AnswerAsync);
        foreach (var host in new[] { "blog.example", "news.example", "shop.example" })
            Names.Add(host, address.ToString());
    }

    public MapResolver Names { get; } = new();

    /// <summary>Paths of pages without the link.</summary>
    public HashSet<string> Without { get; } = [];

    public static async Task<EarlierWeb> StartAsync(CancellationToken cancellationToken)
    {
        var id = Environment.ProcessId;
        var web = new EarlierWeb(new IPAddress([127, (byte)((id >> 14 & 63) + 64), (byte)(id >> 7 & 127), (byte)((id & 127) + 2)]));
        await web._app.StartAsync(cancellationToken);
        return web;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (path == "/robots.txt")
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        context.Response.ContentType = "text/html; charset=utf-8";
        var link = Without.Contains(path)
            ? ""
            : $"<p>Read about <a href='http://shop.example:{EarlierStorage.Port}{Target(path)}'>Garden tools</a> there.</p>";
        var words = string.Join(
            ' ',
            Enumerable.Range(0, 40).Select(number => $"Sentence number {number} tells something about gardens, tools and the weather."));
        return context.Response.WriteAsync(
            $"<!doctype html><title>Post</title><header><a "
                + $"href='/'>Home</a></header><main><h1>Post</h1><p>{words}</p>{link}<p>{words}</p></main>");
    }

    private static string Target(string path) => path == "/target" ? "/p/broken" : "/p/1";
}
