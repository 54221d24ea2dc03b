namespace LinkMonitor.Engine.Fetching;

/// <summary>What is wrong with a server's certificate.</summary>
public enum CertificateFault
{
    /// <summary>Its time has run out.</summary>
    Expired,

    /// <summary>It names another host.</summary>
    WrongName,

    /// <summary>
    /// The server leaves out an intermediate certificate, which browsers fetch from the place that the certificate names.
    /// </summary>
    IncompleteChain,

    /// <summary>Nobody whom the operating system trusts has signed it, or it breaks a rule.</summary>
    Untrusted,
}
