using System.Net;
using System.Net.Security;
using System.Text;

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
