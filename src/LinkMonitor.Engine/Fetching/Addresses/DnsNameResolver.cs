using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace LinkMonitor.Engine.Fetching.Addresses;

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

/// <summary>The port to DNS.</summary>
public interface INameResolver
{
    /// <summary>Looks up all addresses of a host name. What DNS says is a value; only cancellation is thrown.</summary>
    /// <param name="host">A host name in ASCII, never an IP address.</param>
    ValueTask<NameAnswer> ResolveAsync(string host, CancellationToken cancellationToken);
}

/// <summary>What a name look-up gave.</summary>
/// <param name="Kind">With <see cref="NameAnswerKind.Found"/> there is at least one address.</param>
public sealed record NameAnswer(NameAnswerKind Kind, IReadOnlyList<IPAddress> Addresses)
{
    public static NameAnswer NotFound { get; } = new(NameAnswerKind.NotFound, []);

    public static NameAnswer Failed { get; } = new(NameAnswerKind.Failed, []);

    public static NameAnswer NoNetwork { get; } = new(NameAnswerKind.NoNetwork, []);

    /// <summary><see cref="NameAnswerKind.NotFound"/> when there is no address.</summary>
    public static NameAnswer Found(IEnumerable<IPAddress> addresses)
    {
        IPAddress[] all = [.. addresses];
        return all.Length == 0 ? NotFound : new NameAnswer(NameAnswerKind.Found, all);
    }
}

/// <summary>How a name look-up ended.</summary>
public enum NameAnswerKind
{
    Found,

    /// <summary>The name does not exist (NXDOMAIN), or has no address.</summary>
    NotFound,

    /// <summary>The DNS server failed (SERVFAIL) or did not answer: nothing is known about the name.</summary>
    Failed,

    /// <summary>This machine has no network to ask with.</summary>
    NoNetwork,
}
