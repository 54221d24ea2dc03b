using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace LinkMonitor.Engine.Fetching;

/// <summary>Looks names up with the operating system's resolver.</summary>
public sealed class DnsNameResolver : INameResolver
{
    public async ValueTask<NameAnswer> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            // On Linux a look-up cannot be stopped once it runs; WaitAsync leaves it behind.
            return NameAnswer.Found(await Dns.GetHostAddressesAsync(host, cancellationToken).WaitAsync(cancellationToken));
        }
        catch (SocketException e)
        {
            return FromError(e.SocketErrorCode, NetworkInterface.GetIsNetworkAvailable());
        }
        catch (ArgumentException)
        {
            // Longer than DNS allows, so it cannot exist.
            return NameAnswer.NotFound;
        }
    }

    /// <param name="error">The resolver's error.</param>
    /// <param name="hasNetwork">Whether a network interface other than loopback is up: the resolver's error does not tell.</param>
    internal static NameAnswer FromError(SocketError error, bool hasNetwork) => error switch
    {
        SocketError.HostNotFound or SocketError.NoData => NameAnswer.NotFound,
        SocketError.NetworkDown or SocketError.NetworkUnreachable => NameAnswer.NoNetwork,
        _ => hasNetwork ? NameAnswer.Failed : NameAnswer.NoNetwork,
    };
}
