using System.Net;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Fetching;

/// <summary>
/// Decides what may be requested: http and https, on ports 80 and 443, from public addresses, without credentials in the URL. A null
/// answer allows. <see cref="AddressGate"/> applies it to every connection, and <see cref="PageFetcher"/> to every URL before that.
/// </summary>
/// <param name="allowPrivateNetworks">Allows every address, host name and port; schemes and credentials stay restricted.</param>
public sealed class AddressPolicy(bool allowPrivateNetworks)
{
    private const string OnlyPublic = "Only public addresses are fetched unless private networks are allowed.";

    /// <summary>Checks scheme, credentials, host (an IP address included) and port; what a name resolves to is the gate's to check.</summary>
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
        if (SpecialNames.Find(name) is { } special)
            return new Refusal($"The name {host} {special.Meaning} ({special.Source}): it is no public site. {OnlyPublic}");
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
            if (SpecialRanges.Find(embedded) is { } inner)
                return Refuse($"{address} stands for {embedded}, which", inner);
        }

        // A mapped address is nothing but its IPv4 address, which has just passed.
        return !address.IsIPv4MappedToIPv6 && SpecialRanges.Find(address) is { } range ? Refuse(address.ToString(), range) : null;
    }

    private static Refusal Refuse(string subject, SpecialRange range) =>
        new($"{subject} is {range.Name} ({range.Source}): {range.Reason}. {OnlyPublic}");
}
