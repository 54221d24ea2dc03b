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
    /// <summary>Behind a longer lifetime, a site that moved would be asked at its old address.</summary>
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(20);

    /// <param name="trust">Null, outside tests, for the certificates that the operating system trusts.</param>
    public static SocketsHttpHandler Create(FetchOptions options, AddressGate gate, RemoteCertificateValidationCallback? trust) => new()
    {
        ConnectCallback = gate.ConnectAsync,
        // The gate keeps look-up and TCP within ConnectTimeout; what is left is for TLS.
        ConnectTimeout = options.ConnectTimeout * 2,
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        MaxResponseHeadersLength = options.MaxHeaderKibibytes,
        MaxResponseDrainSize = 64 * 1024,
        PooledConnectionLifetime = ConnectionLifetime,
        PooledConnectionIdleTimeout = IdleTimeout,
        ActivityHeadersPropagator = null,
        // Cookies come back byte for byte; the default throws on anything that is not ASCII.
        RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        SslOptions = OutgoingTls.Options(trust),
        PlaintextStreamFilter = (context, _) => ValueTask.FromResult(
            context.NegotiatedHttpVersion.Major == 1
                ? new LenientHeadStream(context.PlaintextStream, options.MaxHeaderKibibytes * 1024)
                : context.PlaintextStream),
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
