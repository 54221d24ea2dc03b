using System.Net;

namespace LinkMonitor.Engine.Fetching.Addresses;

/// <summary>
/// Every address range that is not the public web, in one table. Based on the IANA special-purpose registries
/// (https://www.iana.org/assignments/iana-ipv4-special-registry/ and iana-ipv6-special-registry/), with what cloud platforms add.
/// The first matching row names the reason, so narrow ranges stand before wide ones. ::ffff:0:0/96 has no row: such an address is
/// nothing but an IPv4 address, which <see cref="AddressPolicy"/> checks in its place.
/// </summary>
internal static class ReservedRangeTable
{
    private const string Inside = "it leads into a private network";
    private const string ThisMachine = "it leads to this machine itself";
    private const string Nobody = "no public site has it";
    private const string Translated = "translation would reach an IPv4 address without checking it";

    public static IReadOnlyList<ReservedRange> All { get; } =
    [
        Row("0.0.0.0/8", "\"this network\"", "RFC 791", ThisMachine),
        Row("10.0.0.0/8", "private", "RFC 1918", Inside),
        Row("100.64.0.0/10", "shared address space behind a carrier's NAT", "RFC 6598", Inside),
        Row("127.0.0.0/8", "loopback", "RFC 1122", ThisMachine),
        // https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16: a public address by every registry.
        Row("168.63.129.16/32", "Azure's platform address", "Microsoft Learn", "it serves the inside of an Azure host"),
        Row("169.254.0.0/16", "link-local", "RFC 3927", "cloud metadata services answer there"),
        Row("172.16.0.0/12", "private", "RFC 1918", Inside),
        Row("192.0.0.0/24", "an IETF protocol assignment", "RFC 6890", Nobody),
        Row("192.0.2.0/24", "for documentation", "RFC 5737", Nobody),
        Row("192.88.99.0/24", "a former 6to4 relay", "RFC 7526", Nobody),
        Row("192.168.0.0/16", "private", "RFC 1918", Inside),
        Row("198.18.0.0/15", "for benchmarks", "RFC 2544", Inside),
        Row("198.51.100.0/24", "for documentation", "RFC 5737", Nobody),
        Row("203.0.113.0/24", "for documentation", "RFC 5737", Nobody),
        Row("224.0.0.0/4", "multicast", "RFC 5771", Nobody),
        Row("255.255.255.255/32", "the broadcast address", "RFC 919", Inside),
        Row("240.0.0.0/4", "reserved", "RFC 1112", Nobody),

        Row("::/128", "the unspecified address", "RFC 4291", ThisMachine),
        Row("::1/128", "loopback", "RFC 4291", ThisMachine),
        Row("::/96", "IPv4-compatible", "RFC 4291", Translated),
        Row("::ffff:0:0:0/96", "IPv4-translated", "RFC 2765", Translated),
        Row("64:ff9b::/96", "NAT64", "RFC 6052", Translated),
        Row("64:ff9b:1::/48", "local-use NAT64", "RFC 8215", Translated),
        Row("100::/64", "discard-only", "RFC 6666", Nobody),
        Row("100:0:0:1::/64", "a dummy prefix", "RFC 9780", Nobody),
        Row("2001::/32", "Teredo", "RFC 4380", Translated),
        Row("2001:10::/28", "ORCHID", "RFC 4843", Nobody),
        Row("2001:20::/28", "ORCHIDv2", "RFC 7343", Nobody),
        Row("2001::/23", "an IETF protocol assignment", "RFC 2928", Nobody),
        Row("2001:db8::/32", "for documentation", "RFC 3849", Nobody),
        Row("2002::/16", "6to4", "RFC 3056", Translated),
        Row("3ffe::/16", "the former 6bone", "RFC 3701", Nobody),
        Row("3fff::/20", "for documentation", "RFC 9637", Nobody),
        Row("5f00::/16", "for segment routing", "RFC 9602", Inside),
        Row("fc00::/7", "unique local", "RFC 4193", Inside),
        Row("fe80::/10", "link-local", "RFC 4291", Inside),
        Row("fec0::/10", "site-local", "RFC 3879", Inside),
        Row("ff00::/8", "multicast", "RFC 4291", Nobody),
        // Of all IPv6, only 2000::/3 has been given out for the Internet.
        Row("::/3", "not global unicast", "RFC 4291", Nobody),
        Row("4000::/2", "not global unicast", "RFC 4291", Nobody),
        Row("8000::/1", "not global unicast", "RFC 4291", Nobody),
    ];

    public static ReservedRange? Find(IPAddress address) => All.FirstOrDefault(range => range.Network.Contains(address));

    private static ReservedRange Row(string network, string name, string source, string reason) =>
        new(IPNetwork.Parse(network), name, source, reason);
}

/// <summary>A row of <see cref="ReservedRangeTable"/>.</summary>
/// <param name="Name">Completes "192.0.2.1 is ...".</param>
/// <param name="Source">The document that reserves the range.</param>
/// <param name="Reason">A sentence without its full stop: why nothing there is fetched.</param>
internal sealed record ReservedRange(IPNetwork Network, string Name, string Source, string Reason);
