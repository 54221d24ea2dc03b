using System.Net;
using System.Net.Sockets;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Fetching.Addresses;

/// <summary>
/// Decides what may be requested: http and https, on ports 80 and 443, from public addresses, without credentials in the URL. A null
/// answer allows. <see cref="AddressGate"/> applies it to every connection, and <c>PageFetcher</c> to every URL before that.
/// </summary>
/// <param name="allowPrivateNetworks">Allows every address, host name and port; schemes and credentials stay restricted.</param>
public sealed class AddressPolicy(bool allowPrivateNetworks)
{
    private const string OnlyPublic = "Only public addresses are fetched unless private networks are allowed.";

    /// <summary>
    /// Checks scheme, credentials, host (an IP address included) and port; what a name resolves to is the gate's to check.
    /// </summary>
    public Refusal? Check(WebUrl url)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (!url.IsHttp)
            return new Refusal($"The scheme {url.Scheme} is not fetched: use an http or https URL.");
        if (url.HasCredentials)
            return new Refusal($"The URL for {url.Host} carries a user name or password, which are never sent: remove them from the URL.");
        if (url.Host is not { Length: > 0 } host)
            return new Refusal("The URL names no host: use a complete http or https URL.");

        return CheckHost(host) ?? CheckPort(url.EffectivePort ?? 0);
    }

    /// <summary>Checks a host name, or the address when it is one. Trailing dots and case make no difference.</summary>
    /// <param name="host">As it stands in a URL; an IPv6 address may be in brackets.</param>
    public Refusal? CheckHost(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var name = host.TrimEnd('.');
        if (IPAddress.TryParse(name, out var address))
            return Check(address);
        if (allowPrivateNetworks)
            return null;
        if (ReservedNameTable.Find(name) is { } special)
            return new Refusal($"The name {host} {special.Meaning} ({special.Source}): it is not a public site. {OnlyPublic}");
        if (!name.Contains('.', StringComparison.Ordinal))
            return new Refusal($"The name {host} has no dot, so only a local network can know it: write the full name. {OnlyPublic}");

        return null;
    }

    public Refusal? CheckPort(int port) => allowPrivateNetworks || port is 80 or 443
        ? null
        : new Refusal($"Port {port} is not fetched: only 80 and 443 are used unless private networks are allowed.");

    /// <summary>Checks one address, and the IPv4 addresses it carries when it is a mapped, translated or tunnelled one.</summary>
    public Refusal? Check(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (allowPrivateNetworks)
            return null;

        foreach (var embedded in EmbeddedAddresses.Of(address))
        {
            if (ReservedRangeTable.Find(embedded) is { } inner)
                return Refuse($"{address} stands for {embedded}, which", inner);
        }

        // A mapped address is nothing but its IPv4 address, which has just passed.
        return !address.IsIPv4MappedToIPv6 && ReservedRangeTable.Find(address) is { } range ? Refuse(address.ToString(), range) : null;
    }

    private static Refusal Refuse(string subject, ReservedRange range) =>
        new($"{subject} is {range.Name} ({range.Source}): {range.Reason}. {OnlyPublic}");
}

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

/// <summary>
/// Why <see cref="AddressGate"/> made no connection. SocketsHttpHandler hands it on as the inner exception of an HttpRequestException,
/// where whoever sends the request turns it into a value.
/// </summary>
public sealed class GateException : Exception
{
    public GateException(FetchFailure failure, string message, Exception? innerException = null)
        : base(message, innerException) => Failure = failure;

    /// <summary>Refused, NameNotFound, NameLookupFailed, ConnectFailed or OurNetwork.</summary>
    public FetchFailure Failure { get; }
}

/// <summary>A row of <see cref="ReservedNameTable"/>: a name and everything below it.</summary>
/// <param name="Suffix">In lower case, without dots at its ends.</param>
/// <param name="Meaning">Completes "The name ... ".</param>
internal sealed record ReservedName(string Suffix, string Meaning, string Source)
{
    public bool Covers(string host) =>
        host.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase)
        && (host.Length == Suffix.Length || host[host.Length - Suffix.Length - 1] == '.');
}

/// <summary>
/// Host names that are never public sites, refused before anybody is asked for their address. The addresses are checked all the same:
/// this table gives clearer reasons and keeps such names from other people's DNS servers.
/// </summary>
internal static class ReservedNameTable
{
    public static IReadOnlyList<ReservedName> All { get; } =
    [
        new("localhost", "means this machine", "RFC 6761"),
        new("localdomain", "means this machine", "convention of hosts files"),
        new("local", "belongs to the local network", "RFC 6762"),
        new("metadata.google.internal", "is the metadata service of Google Cloud", "Google Cloud documentation"),
        new("internal", "belongs to private networks", "ICANN resolution 2024.07.29.06"),
        new("home.arpa", "belongs to home networks", "RFC 8375"),
        new("intranet", "belongs to private networks", "RFC 6762 appendix G"),
        new("private", "belongs to private networks", "RFC 6762 appendix G"),
        new("corp", "belongs to private networks", "RFC 6762 appendix G"),
        new("home", "belongs to home networks", "RFC 6762 appendix G"),
        new("lan", "belongs to private networks", "RFC 6762 appendix G"),
        new("onion", "can be reached through Tor only", "RFC 7686"),
        new("i2p", "can be reached through I2P only", "geti2p.net"),
        new("alt", "is outside the DNS", "RFC 9476"),
    ];

    public static ReservedName? Find(string host) => All.FirstOrDefault(name => name.Covers(host));
}

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
