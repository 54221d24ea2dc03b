using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using LinkMonitor.Engine.Fetching.Addresses;
using LinkMonitor.Engine.Fetching.Decoding;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Fetching;

/// <summary>Turns what the network stack throws into failures with one clear sentence.</summary>
internal static class NetworkFailures
{
    private const int MaxShown = 200;

    /// <summary>Null for an exception that the web cannot cause: that one is ours and must surface.</summary>
    public static FetchProblem? Of(Exception exception, WebUrl url, FetchOptions options) => exception switch
    {
        HttpRequestException { InnerException: GateException gate } => new(gate.Failure, gate.Message),
        HttpRequestException { InnerException: CertificateException refused } => new(
            FetchFailure.TlsFailed, $"No secure connection to {url.Host}: {refused.Message}")
        { Certificate = refused.Fault },
        HttpRequestException { InnerException: HttpProtocolException stream } when GaveUp(stream) => Lost(url),
        HttpProtocolException stream when GaveUp(stream) => Lost(url),
        HttpRequestException http => OfHttp(http.HttpRequestError, http, url, options),
        HttpIOException http => OfHttp(http.HttpRequestError, http, url, options),
        BodyTooLargeException => TooLarge(url, options),
        InvalidDataException => new(
            FetchFailure.InvalidResponse,
            $"The body from {url.Host} does not decompress as its Content-Encoding says: it is damaged or cut off."),
        IOException => Lost(url),
        // How the handler reports its ConnectTimeout. The gate gives up earlier, so what took the time is TLS.
        OperationCanceledException { InnerException: TimeoutException } => new(
            FetchFailure.TlsFailed, $"{url.Host} accepted a connection but did not finish the TLS handshake in time."),
        _ => null,
    };

    public static FetchProblem TooLarge(WebUrl url, FetchOptions options) => new(
        FetchFailure.TooLarge,
        string.Create(
            CultureInfo.InvariantCulture,
            $"The body from {url.Host} is longer than {options.MaxBodyBytes:N0} bytes: raise the limit if pages may be this long."));

    public static FetchProblem TimedOut(WebUrl url, FetchOptions options, int? status)
    {
        var missed = status is null ? "did not answer" : "did not finish its answer";
        var seconds = options.Deadline.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
        return new(FetchFailure.TimedOut, $"{url.Host} {missed} within {seconds} s: it may be overloaded.");
    }

    public static FetchProblem UnknownEncoding(WebUrl url, ResponseHeaders headers)
    {
        var encoding = string.Join(", ", headers.Values("Content-Encoding")).ToLowerInvariant();
        return new(
            FetchFailure.InvalidResponse,
            $"{url.Host} encoded the body as \"{Shown(encoding)}\", which we did not ask for and cannot read.");
    }

    public static FetchProblem Loop(WebUrl url) => new(
        FetchFailure.RedirectLoop, $"The redirects lead back to {Shown(url.Href)}: the site must end its redirect loop.");

    public static FetchProblem TooManyRedirects(int maxRedirects) => new(
        FetchFailure.TooManyRedirects, $"More than {maxRedirects} redirects: search engines give up here too.");

    public static FetchProblem NotFetchable(WebUrl url) => new(
        FetchFailure.Refused, $"{url.Href} cannot be requested: its host is not a valid DNS name.");

    /// <summary>What a site sent, cut to a length fit for a message, and without control characters, which could forge log lines.</summary>
    public static string Shown(string text)
    {
        var shown = text.Length <= MaxShown ? text : string.Concat(text.AsSpan(0, MaxShown), "…");
        return string.Create(shown.Length, shown, (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = char.IsControl(source[i]) ? '\uFFFD' : source[i];
        });
    }

    private static FetchProblem OfHttp(HttpRequestError error, Exception exception, WebUrl url, FetchOptions options) => error switch
    {
        HttpRequestError.SecureConnectionError => new(FetchFailure.TlsFailed, $"No secure connection to {url.Host}: {Detail(exception)}"),
        HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError => new(
            FetchFailure.ConnectFailed, $"No connection to {url.Host}: {Detail(exception)}"),
        HttpRequestError.ConfigurationLimitExceeded => new(
            FetchFailure.InvalidResponse,
            $"The headers from {url.Host} are longer than {options.MaxHeaderKibibytes} KiB: the site must shorten them."),
        HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError or HttpRequestError.VersionNegotiationError => new(
            FetchFailure.InvalidResponse, $"The answer from {url.Host} is not valid HTTP: {Detail(exception)}"),
        HttpRequestError.ResponseEnded => Lost(url),
        HttpRequestError.Unknown when exception.InnerException is IOException => Lost(url),
        HttpRequestError.Unknown when exception.InnerException is AuthenticationException => new(
            FetchFailure.TlsFailed, $"No secure connection to {url.Host}: {Detail(exception)}"),
        _ => new(FetchFailure.ConnectionLost, $"The request to {url.Host} failed: {Detail(exception)}"),
    };

    /// <summary>
    /// The codes with which an HTTP/2 server ends a stream or connection although nothing about the messages is wrong:
    /// https://www.rfc-editor.org/rfc/rfc9113#section-7
    /// </summary>
    private static bool GaveUp(HttpProtocolException exception) => exception.ErrorCode is
        0x0 or // NO_ERROR
        0x2 or // INTERNAL_ERROR
        0x7 or // REFUSED_STREAM
        0x8 or // CANCEL
        0xb; // ENHANCE_YOUR_CALM

    private static FetchProblem Lost(WebUrl url) => new(
        FetchFailure.ConnectionLost, $"{url.Host} ended the connection before its answer was complete; it will be tried again.");

    private static string Detail(Exception exception)
    {
        var innermost = exception;
        while (innermost.InnerException is { } inner && inner is not ProtocolViolationException)
            innermost = inner;
        return Shown(innermost.Message);
    }
}

/// <summary>
/// Why a server's certificate was refused, in one sentence. Comes as the inner exception of what the HTTP handler throws.
/// </summary>
public sealed class CertificateException : AuthenticationException
{
    private CertificateException(CertificateFault fault, string message)
        : base(message) => Fault = fault;

    public CertificateFault Fault { get; }

    /// <summary>The exception for a certificate that was not accepted.</summary>
    /// <param name="chain">As far as it could be built; null when the server sent no certificate.</param>
    internal static CertificateException Of(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 leaf || chain is null)
            return new(CertificateFault.Untrusted, "the server sent no certificate.");
        var own = chain.ChainElements.Count > 0 ? Statuses(chain.ChainElements[0].ChainElementStatus) : X509ChainStatusFlags.NoError;
        var all = Statuses(chain.ChainStatus);
        if (own.HasFlag(X509ChainStatusFlags.NotTimeValid) && leaf.NotBefore < leaf.NotAfter && !IsAhead(leaf))
            return new(CertificateFault.Expired, $"its certificate expired on {Day(leaf.NotAfter)}: the site's owner must renew it.");
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return new(
                CertificateFault.WrongName, "its certificate is for another host name: the site's owner must get one for this name.");
        return all.HasFlag(X509ChainStatusFlags.PartialChain) && NamesIssuerPlace(chain)
            ? new(
                CertificateFault.IncompleteChain,
                "the server leaves out an intermediate certificate. Browsers fetch it from elsewhere; we and many other programs do "
                    + "not: the site's owner should have the server send the whole chain.")
            : new(CertificateFault.Untrusted, $"its certificate is not trusted ({all}): readers most likely see a warning, too.");
    }

    private static X509ChainStatusFlags Statuses(X509ChainStatus[] statuses) =>
        statuses.Aggregate(X509ChainStatusFlags.NoError, (flags, status) => flags | status.Status);

    // The runtime compares with the clock of the system, so nothing else can tell which end of the time was missed.
    private static bool IsAhead(X509Certificate2 leaf) => leaf.NotBefore.ToUniversalTime() > TimeProvider.System.GetUtcNow().UtcDateTime;

    /// <summary>Whether the last certificate that was found says where its issuer's can be had.</summary>
    private static bool NamesIssuerPlace(X509Chain chain) =>
        chain.ChainElements.Count > 0
        && chain.ChainElements[^1].Certificate.Extensions.OfType<X509AuthorityInformationAccessExtension>()
            .Any(extension => extension.EnumerateCAIssuersUris().Any());

    private static string Day(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
