using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace LinkMonitor.Hosting.Azurite;

/// <summary>The three ports of the emulator on 127.0.0.1.</summary>
internal sealed record AzuritePorts(int Blob, int Queue, int Table)
{
    /// <summary>Lets the system pick.</summary>
    public static AzuritePorts Any { get; } = new(0, 0, 0);

    /// <summary>Three ports with commas between, blobs first; null for anything else.</summary>
    public static AzuritePorts? Parse(string text)
    {
        var ports = text.Split(',', StringSplitOptions.TrimEntries)
            .Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535 ? port : 0)
            .ToArray();
        return ports is [> 0 and var blob, > 0 and var queue, > 0 and var table] ? new(blob, queue, table) : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Blob},{Queue},{Table}");

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
            using var listener = new TcpListener(IPAddress.Loopback, port) { ExclusiveAddressUse = true };
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
