using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using LinkMonitor.Engine.Fetching.Addresses;
using LinkMonitor.Engine.Fetching.Decoding;

namespace LinkMonitor.Engine.Fetching;

/// <summary>The one HTTP handler that pages are fetched with.</summary>
internal static class FetchHandler
{
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(20);

    /// <param name="trust">Null, outside tests, for the certificates that the operating system trusts.</param>
    public static SocketsHttpHandler Create(FetchOptions options, AddressGate gate, RemoteCertificateValidationCallback? trust)
    {
        var handler = OutgoingHttp.Handler(trust);
        handler.ConnectCallback = gate.ConnectAsync;
        // The gate keeps look-up and TCP within ConnectTimeout; what is left is for TLS.
        handler.ConnectTimeout = options.ConnectTimeout * 2;
        handler.AutomaticDecompression = DecompressionMethods.None;
        handler.MaxResponseHeadersLength = options.MaxHeaderKibibytes;
        handler.MaxResponseDrainSize = 64 * 1024;
        handler.PooledConnectionIdleTimeout = IdleTimeout;
        // Cookies come back byte for byte; the default throws on anything that is not ASCII.
        handler.RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1;
        handler.ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1;
        handler.PlaintextStreamFilter = (context, _) => ValueTask.FromResult(
            context.NegotiatedHttpVersion.Major == 1
                ? new LenientHeadStream(context.PlaintextStream, options.MaxHeaderKibibytes * 1024)
                : context.PlaintextStream);
        return handler;
    }
}

/// <summary>
/// Makes the handler of every HTTP client of ours: without proxy, redirects, cookies or trace headers, and with <see cref="OutgoingTls"/>.
/// Where a user or a page names the address, the caller adds the <see cref="AddressGate"/>.
/// </summary>
public static class OutgoingHttp
{
    /// <summary>Behind a longer lifetime, a site that moved would be asked at its old address.</summary>
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    /// <summary>A new handler, for the caller to add to.</summary>
    public static SocketsHttpHandler Handler() => Handler(null);

    /// <inheritdoc cref="Handler()"/>
    /// <param name="trust">Null, outside tests, for the certificates that the operating system trusts.</param>
    internal static SocketsHttpHandler Handler(RemoteCertificateValidationCallback? trust) => new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = ConnectionLifetime,
        ActivityHeadersPropagator = null,
        SslOptions = OutgoingTls.Options(trust),
    };
}

/// <summary>
/// The TLS settings of every connection to a host that a user or a page has named: pages, targets, control addresses, webhooks and mail. A
/// certificate carries URLs of its issuer's certificate and of revocation lists, and whoever sends it chooses them; fetching those would go
/// past <see cref="AddressGate"/>. So nothing is fetched, and nobody is asked about revocation.
/// </summary>
public static class OutgoingTls
{
    /// <summary>New settings, with a sentence of our own for a certificate that is refused (<see cref="CertificateException"/>).</summary>
    public static SslClientAuthenticationOptions Options() => Options(null);

    /// <summary>New settings; the caller may set the host name.</summary>
    /// <param name="trust">Accepts certificates that the operating system does not trust; null, outside tests, for none.</param>
#pragma warning disable RS0030 // The one place that all others are led to.
    internal static SslClientAuthenticationOptions Options(RemoteCertificateValidationCallback? trust) => new()
#pragma warning restore RS0030
    {
        CertificateChainPolicy = ChainPolicy(),
        RemoteCertificateValidationCallback = (sender, certificate, chain, errors) =>
        {
            var isAccepted = errors == SslPolicyErrors.None || trust?.Invoke(sender, certificate, chain, errors) is true;
            return isAccepted ? true : throw CertificateException.Of(certificate, chain, errors);
        },
    };

    /// <summary>
    /// How a chain is built for a client that takes nothing but a policy. New with each call: connections add to it what servers send.
    /// </summary>
    public static X509ChainPolicy ChainPolicy() => new()
    {
        DisableCertificateDownloads = true,
        RevocationMode = X509RevocationMode.NoCheck,
    };
}

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
