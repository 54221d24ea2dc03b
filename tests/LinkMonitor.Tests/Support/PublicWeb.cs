using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Fetching.Addresses;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Support;

/// <summary>
/// A page fetcher under the strict address policy, whose connections to public addresses end at a server of the test. It shows what would
/// have been dialled; nothing leaves the machine.
/// </summary>
internal sealed class PublicWeb : IDisposable
{
    private readonly ConcurrentQueue<IPEndPoint> _dialled = new();
    private readonly int _port;

    /// <param name="port">Of the server on 127.0.0.1 that answers for every address; zero to refuse connections.</param>
    public PublicWeb(MapResolver resolver, int port = 0, FetchOptions? options = null)
    {
        _port = port;
        options ??= new FetchOptions();
        Fetcher = new PageFetcher(
            options,
            TimeProvider.System,
            policy => new AddressGate(policy, resolver, TimeProvider.System, options.ConnectTimeout, DialAsync));
    }

    public PageFetcher Fetcher { get; }

    /// <summary>The addresses that connections were opened to.</summary>
    public IReadOnlyList<IPEndPoint> Dialled => [.. _dialled];

    public Task<FetchResult> FetchAsync(string url) => Fetcher.FetchAsync(Web.Parse(url), TestContext.Current.CancellationToken);

    public void Dispose() => Fetcher.Dispose();

    private async ValueTask<Stream> DialAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        _dialled.Enqueue(endPoint);
        if (_port == 0)
            throw new SocketException((int)SocketError.ConnectionRefused);
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, _port, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
