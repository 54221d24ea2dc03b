using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>A real server in front of storage which fails when it is told to. Requests beyond the told faults pass.</summary>
internal sealed class StorageProxy : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly Uri _target;
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
    private readonly ConcurrentQueue<ProxyFault> _faults = new();
    private readonly ConcurrentQueue<ProxiedRequest> _requests = new();

    private StorageProxy(Uri target, X509Certificate2? certificate)
    {
        _target = target;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
                listen.UseHttps(certificate);
        }));
        _server = builder.Build();
        _server.Run(HandleAsync);
    }

    /// <summary>The target's path on this server.</summary>
    public Uri Endpoint => new(new Uri(_server.Urls.Single()), _target.AbsolutePath);

    /// <summary>Every request so far, retries among them.</summary>
    public IReadOnlyCollection<ProxiedRequest> Requests => _requests;

    /// <summary>Changes a request before it is passed on.</summary>
    public Action<HttpRequestMessage>? Rewrite { get; set; }

    public static async Task<StorageProxy> StartAsync(Uri target, X509Certificate2? certificate, CancellationToken cancellationToken)
    {
        var proxy = new StorageProxy(target, certificate);
        await proxy._server.StartAsync(cancellationToken);
        return proxy;
    }

    /// <summary>The fate of the next requests, one each, in this order.</summary>
    public void Next(params IEnumerable<ProxyFault> faults)
    {
        foreach (var fault in faults)
            _faults.Enqueue(fault);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _client.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        _requests.Enqueue(new ProxiedRequest(context.Request.Method, target, context.Request.Headers.Authorization));
        var fault = _faults.TryDequeue(out var told) ? told : ProxyFault.None;

        if (fault.Status is { } status)
        {
            context.Response.StatusCode = status;
            context.Response.Headers["retry-after-ms"] = "1";
            await context.Response.WriteAsync(fault.Body ?? "", context.RequestAborted);
            return;
        }

        if (!fault.Cut || fault.Forward)
        {
            using var answer = await ForwardAsync(context, target);
            if (fault.Meanwhile is not null)
                await fault.Meanwhile();
            if (!fault.Cut)
            {
                await CopyAsync(answer, context);
                return;
            }
        }

        context.Abort();
    }

    private async Task<HttpResponseMessage> ForwardAsync(HttpContext context, string target)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(_target, target));
        if (body.Length > 0)
            request.Content = new ByteArrayContent(body.ToArray());
        foreach (var header in context.Request.Headers)
            if (header.Key is not ("Host" or "Connection" or "Content-Length" or "Transfer-Encoding")
                && !request.Headers.TryAddWithoutValidation(header.Key, [.. header.Value]))
                request.Content?.Headers.TryAddWithoutValidation(header.Key, [.. header.Value]);
        Rewrite?.Invoke(request);
        return await _client.SendAsync(request, context.RequestAborted);
    }

    private static async Task CopyAsync(HttpResponseMessage answer, HttpContext context)
    {
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var header in answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated))
            if (header.Key is not ("Connection" or "Keep-Alive" or "Transfer-Encoding"))
                context.Response.Headers[header.Key] = header.Value.ToArray();
        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
