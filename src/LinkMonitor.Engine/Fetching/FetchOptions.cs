namespace LinkMonitor.Engine.Fetching;

/// <summary>The limits of one fetch.</summary>
public sealed record FetchOptions
{
    /// <summary>The name that robots.txt files know us by: https://www.rfc-editor.org/rfc/rfc9309#section-2.2.1</summary>
    public const string ProductToken = "LinkMonitor";

    /// <summary>The product's own name in the User-Agent, with a page that says who we are.</summary>
    public const string DefaultUserAgent = ProductAndVersion + " (+" + Home + ")";

    private const string ProductAndVersion = ProductToken + "/0.1";
    private const string Home = "https://github.com/linkmonitor/linkmonitor";

    /// <summary>For the whole check, name look-up, redirects and body included. 1 s to 5 min, 30 s by default.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For a name look-up with its TCP connection, and once more for the TLS handshake. 1 s to 60 s, 10 s by default.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The longest body, counted after decompression. 64 KiB to 256 MiB, 16 MiB by default (Googlebot reads 15 MB of a page).
    /// </summary>
    public int MaxBodyBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>
    /// The memory for bodies in flight, all fetches together, in bytes. 32 MiB to 8 GiB, 256 MiB by default. A fetch waits for its share;
    /// the reading of a page takes more, one page per core at a time.
    /// </summary>
    public long PageMemoryBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>The longest header section. 256 KiB by default, as browsers have it.</summary>
    public int MaxHeaderKibibytes { get; init; } = 256;

    /// <summary>Redirects followed before giving up. 0 to 20, 10 by default, as Googlebot does.</summary>
    public int MaxRedirects { get; init; } = 10;

    public string UserAgent { get; init; } = DefaultUserAgent;

    /// <summary>The User-Agent of an installation that says whom a site's owner can write to.</summary>
    /// <param name="contact">An e-mail address or a URL, in ASCII without spaces and parentheses.</param>
    public static string UserAgentWith(string contact) => $"{ProductAndVersion} (+{Home}; {contact})";

    /// <summary>Lets requests go to addresses that are not public and to any port. For tests and intranets; false by default.</summary>
    public bool AllowPrivateNetworks { get; init; }
}
