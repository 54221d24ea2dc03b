namespace LinkMonitor.Engine.Fetching;

/// <summary>
/// Host names that are never public sites, refused before anybody is asked for their address. The addresses are checked all the same:
/// this table gives clearer reasons and keeps such names from other people's DNS servers.
/// </summary>
internal static class SpecialNames
{
    public static IReadOnlyList<SpecialName> All { get; } =
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

    public static SpecialName? Find(string host) => All.FirstOrDefault(name => name.Covers(host));
}
