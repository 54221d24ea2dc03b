using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LinkMonitor.Tests.Hosting;

/// <summary>Sends a request byte for byte, since a proper client would tidy up the paths and headers that matter here.</summary>
internal static class RawHttp
{
    /// <returns>The status, and everything after the header block.</returns>
    public static async Task<(int Status, string Headers, string Body)> SendAsync(
        int port, string head, string body, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        var stream = client.GetStream();
        var request = $"{head.ReplaceLineEndings("\r\n").TrimEnd()}\r\nConnection: close\r\n\r\n{body}";
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request), cancellationToken);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var answer = await reader.ReadToEndAsync(cancellationToken);
        var parts = answer.Split("\r\n\r\n", 2);
        return (int.Parse(answer.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture), parts[0], parts[1]);
    }

    /// <summary>One chunk and the end of the body.</summary>
    public static string Chunked(string body) => $"{Encoding.UTF8.GetByteCount(body):x}\r\n{body}\r\n0\r\n\r\n";
}
