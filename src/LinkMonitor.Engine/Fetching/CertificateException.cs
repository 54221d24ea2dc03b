using System.Globalization;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using LinkMonitor.Engine.Fetching.Results;

namespace LinkMonitor.Engine.Fetching;

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
