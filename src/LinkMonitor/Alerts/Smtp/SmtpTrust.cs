using System.Security.Cryptography.X509Certificates;
using LinkMonitor.Engine.Fetching;

namespace LinkMonitor.Alerts.Smtp;

/// <summary>Whose certificates a mail server may show: those of the system's authorities, and of the roots given here.</summary>
internal sealed record SmtpTrust(X509Certificate2Collection ExtraRoots)
{
    public static readonly SmtpTrust System = new([]);

    public X509ChainPolicy Policy()
    {
        var policy = OutgoingTls.ChainPolicy();
        if (ExtraRoots.Count == 0)
            return policy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.AddRange(ExtraRoots);
        return policy;
    }
}
