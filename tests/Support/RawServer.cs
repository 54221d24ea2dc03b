using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace LinkMonitor.Testing;

/// <summary>
/// A TCP server on a free port of 127.0.0.1 that says exactly the bytes a test wants, for answers no web server would give.
/// Each connection runs the handler once; when the handler returns, the connection is closed.
/// </summary>
public sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _running = [];
    private readonly Func<RawConnection, CancellationToken, Task> _handler;
    private readonly Task _accepting;
    private int _connections;

    private RawServer(Func<RawConnection, CancellationToken, Task> handler)
    {
        _handler = handler;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Origin => $"http://127.0.0.1:{Port}";

    /// <summary>TCP connections accepted so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    public static RawServer Start(Func<RawConnection, CancellationToken, Task> handler) => new(handler);

    /// <summary>Reads one request on each connection, says the text (Latin-1) and closes.</summary>
    public static RawServer Saying(string answer) => new(async (connection, cancellationToken) =>
    {
        await connection.ReadRequestAsync(cancellationToken);
        await connection.WriteAsync(answer, cancellationToken);
    });

    public string Url(string path) => Origin + path;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_running);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            Socket socket;
            try
            {
                socket = await _listener.AcceptSocketAsync(_stop.Token);
            }
            catch (Exception e) when (
                _stop.IsCancellationRequested && e is (OperationCanceledException or SocketException or ObjectDisposedException))
            {
                // The listener is closed at the same time, and either may end the wait.
                return;
            }

            Interlocked.Increment(ref _connections);
            _running.Add(ServeAsync(socket));
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var connection = new RawConnection(socket);
        try
        {
            await _handler(connection, _stop.Token);
            connection.FinishSending();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The test is over.
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // The client left first, which is what many of these tests are about.
        }
    }
}
