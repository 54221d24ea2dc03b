using System.Security.Cryptography.X509Certificates;

namespace LinkMonitor.Alerts.Smtp;

/// <summary>Whose certificates a mail server may show: those of the system's authorities, and of the roots given here.</summary>
internal sealed record SmtpTrust(X509Certificate2Collection ExtraRoots)
{
    public static readonly SmtpTrust System = new([]);

    /// <summary>
    /// A certificate could name any URL to be fetched for an issuer or a revocation list, past the address gate: nothing is downloaded.
    /// </summary>
    public X509ChainPolicy Policy()
    {
        var policy = new X509ChainPolicy { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck };
        if (ExtraRoots.Count == 0)
            return policy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.AddRange(ExtraRoots);
        return policy;
    }
}
