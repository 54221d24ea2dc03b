using System.Net;
using System.Net.Sockets;

namespace LinkMonitor.Hosting.Azurite;

/// <summary>The three ports of the emulator on 127.0.0.1.</summary>
internal sealed record AzuritePorts(int Blob, int Queue, int Table)
{
    /// <summary>Lets the system pick.</summary>
    public static AzuritePorts Any { get; } = new(0, 0, 0);

    public bool AreFree() => IsFree(Blob) && IsFree(Queue) && IsFree(Table);

    /// <summary>A full connection string for the emulator's public, documented account.</summary>
    public string ConnectionString() =>
        "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;"
        // Not a secret: https://learn.microsoft.com/azure/storage/common/storage-use-azurite
        + "AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;"
        + $"BlobEndpoint={Endpoint(Blob)};QueueEndpoint={Endpoint(Queue)};TableEndpoint={Endpoint(Table)};";

    public Uri TableEndpoint() => new(Endpoint(Table));

    private static string Endpoint(int port) => $"http://127.0.0.1:{port}/devstoreaccount1";

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
