using System.Net.Sockets;
using System.Text;

namespace LinkMonitor.Testing;

/// <summary>One accepted connection of a <see cref="RawServer"/>.</summary>
public sealed class RawConnection(Socket socket) : IDisposable
{
    private readonly NetworkStream _stream = new(socket, ownsSocket: true);

    public Stream Stream => _stream;

    /// <summary>Bytes handed to the operating system so far; the client may have read fewer.</summary>
    public long BytesWritten { get; private set; }

    /// <summary>The request line and headers, up to and with the empty line.</summary>
    public async Task<string> ReadRequestAsync(CancellationToken cancellationToken)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await _stream.ReadAsync(one, cancellationToken) == 0)
                throw new IOException("The client left before its request was complete.");
            head.Append((char)one[0]);
        }

        return head.ToString();
    }

    /// <param name="text">Sent as Latin-1, so that any byte can be written.</param>
    public Task WriteAsync(string text, CancellationToken cancellationToken) =>
        WriteAsync(Encoding.Latin1.GetBytes(text), cancellationToken);

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await _stream.WriteAsync(bytes, cancellationToken);
        BytesWritten += bytes.Length;
    }

    /// <summary>Completes when the client has closed its side.</summary>
    public async Task ClientLeftAsync(CancellationToken cancellationToken)
    {
        var rest = new byte[4096];
        try
        {
            while (await _stream.ReadAsync(rest, cancellationToken) > 0)
            {
            }
        }
        catch (IOException e) when (e.InnerException is SocketException)
        {
            // A reset is also a way to leave.
        }
    }

    /// <summary>Closes with a TCP reset instead of an orderly end.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }

    public void FinishSending()
    {
        if (socket.Connected)
            socket.Shutdown(SocketShutdown.Send);
    }

    public void Dispose()
    {
        _stream.Dispose();
        socket.Dispose();
    }
}
