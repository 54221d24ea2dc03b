using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace LinkMonitor.Testing;

/// <summary>
/// The web for a test: Kestrel on a free port of 127.0.0.1. Paths are mapped to handlers at any time; every request is recorded;
/// what is not mapped answers 404. It answers for every host name, so a test resolver can make it many sites.
/// </summary>
public sealed class LocalWeb : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, RequestDelegate> _handlers = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<RecordedRequest> _requests = new();
    private readonly X509Certificate2? _certificate;
    private int _connections;

    private LocalWeb(X509Certificate2? certificate)
    {
        _certificate = certificate;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = null;
            options.Listen(IPAddress.Loopback, 0, Listen);
        });
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>For example <c>http://127.0.0.1:40123</c>, without a slash at the end.</summary>
    public string Origin => _app.Urls.Single();

    public int Port => new Uri(Origin).Port;

    /// <summary>TCP connections accepted so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>The requests in the order received.</summary>
    public IReadOnlyList<RecordedRequest> Requests => [.. _requests];

    public static Task<LocalWeb> StartAsync(CancellationToken cancellationToken) => StartAsync(null, cancellationToken);

    /// <summary>Speaks TLS (HTTP/2 and 1.1) with a certificate that nobody trusts.</summary>
    public static Task<LocalWeb> StartUntrustedTlsAsync(CancellationToken cancellationToken) =>
        StartAsync(UntrustedCertificate.Create("localhost"), cancellationToken);

    /// <summary>Speaks TLS (HTTP/2 and 1.1) with a certificate, which it disposes of.</summary>
    public static Task<LocalWeb> StartTlsAsync(X509Certificate2 certificate, CancellationToken cancellationToken) =>
        StartAsync(certificate, cancellationToken);

    public string Url(string path) => Origin + path;

    /// <summary>The same server under another host name, which the test's resolver must send to 127.0.0.1.</summary>
    public string Url(string host, string path) => $"{new Uri(Origin).Scheme}://{host}:{Port}{path}";

    /// <param name="path">Exact and without query, or ending in <c>*</c> for everything below.</param>
    public LocalWeb Map(string path, RequestDelegate handler)
    {
        _handlers[path] = handler;
        return this;
    }

    public LocalWeb MapHtml(string path, string html, int status = 200) => Map(path, context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(html, context.RequestAborted);
    });

    public LocalWeb MapRedirect(string path, string location, int status = 302) => Map(path, context =>
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location = location;
        return Task.CompletedTask;
    });

    public LocalWeb MapStatus(string path, int status) => Map(path, context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    });

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _certificate?.Dispose();
    }

    private static async Task<LocalWeb> StartAsync(X509Certificate2? certificate, CancellationToken cancellationToken)
    {
        var web = new LocalWeb(certificate);
        await web._app.StartAsync(cancellationToken);
        return web;
    }

    private void Listen(ListenOptions options)
    {
        if (_certificate is not null)
            options.UseHttps(new HttpsConnectionAdapterOptions { ServerCertificate = _certificate });
        else
            options.Protocols = HttpProtocols.Http1;
        options.Use(next => connection =>
        {
            Interlocked.Increment(ref _connections);
            return next(connection);
        });
    }

    private async Task AnswerAsync(HttpContext context)
    {
        _requests.Enqueue(await RecordAsync(context));
        var handler = Find(context.Request.Path.Value ?? "/");
        if (handler is null)
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        else
            await handler(context);
    }

    private RequestDelegate? Find(string path)
    {
        if (_handlers.TryGetValue(path, out var exact))
            return exact;
        return _handlers
            .Where(pair => pair.Key.EndsWith('*') && path.StartsWith(pair.Key[..^1], StringComparison.Ordinal))
            .OrderByDescending(pair => pair.Key.Length)
            .Select(pair => pair.Value)
            .FirstOrDefault();
    }

    private static async Task<RecordedRequest> RecordAsync(HttpContext context)
    {
        var request = context.Request;
        request.EnableBuffering();
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, context.RequestAborted);
        request.Body.Position = 0;
        return new RecordedRequest
        {
            Method = request.Method,
            Host = request.Host.Value ?? "",
            Path = request.Path.Value ?? "",
            Query = request.QueryString.Value ?? "",
            Protocol = request.Protocol,
            Headers = request.Headers.ToDictionary(
                header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            Body = body.ToArray(),
        };
    }
}
