using System.Net;
using System.Net.Sockets;

namespace LinkMonitor.Engine.Fetching;

/// <summary>The IPv4 addresses that an IPv6 address carries, and that a translator on the way would connect to.</summary>
internal static class EmbeddedAddresses
{
    private static readonly IPNetwork Teredo = IPNetwork.Parse("2001::/32");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    private static readonly IPNetwork[] LastFourBytes =
    [
        IPNetwork.Parse("::/96"),
        IPNetwork.Parse("::ffff:0:0:0/96"),
        IPNetwork.Parse("64:ff9b::/96"),
        IPNetwork.Parse("64:ff9b:1::/48"),
    ];

    public static IEnumerable<IPAddress> Of(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            yield break;
        // Both lie in ::/96 and carry nothing.
        if (IPAddress.IPv6Any.Equals(address) || IPAddress.IPv6Loopback.Equals(address))
            yield break;

        var bytes = address.GetAddressBytes();
        if (SixToFour.Contains(address))
            yield return IPv4(bytes, 2);
        if (Teredo.Contains(address))
        {
            yield return IPv4(bytes, 4);
            // The client's address is stored inverted: https://www.rfc-editor.org/rfc/rfc4380#section-4
            yield return IPv4([.. bytes.Select(part => (byte)~part)], 12);
        }

        // ::ffff:0:0/96 is not in the list because IPNetwork.Contains takes a mapped address for an IPv4 one.
        if (address.IsIPv4MappedToIPv6 || LastFourBytes.Any(network => network.Contains(address)) || IsIsatap(bytes))
            yield return IPv4(bytes, 12);
    }

    /// <summary>The interface identifier 0000:5efe or 0200:5efe: https://www.rfc-editor.org/rfc/rfc5214#section-6.1</summary>
    private static bool IsIsatap(byte[] bytes) => (bytes[8] & 0xfd) == 0 && bytes[9] == 0 && bytes[10] == 0x5e && bytes[11] == 0xfe;

    private static IPAddress IPv4(byte[] bytes, int start) => new(bytes.AsSpan(start, 4));
}
