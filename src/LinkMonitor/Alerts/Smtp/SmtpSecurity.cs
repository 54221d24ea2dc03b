namespace LinkMonitor.Alerts.Smtp;

/// <summary>What protects the connection to a mail server.</summary>
internal enum SmtpSecurity
{
    /// <summary>Nothing: for a server on the same machine or network.</summary>
    None,

    /// <summary>STARTTLS; without it, or with a certificate that is not trusted, nothing is sent.</summary>
    StartTls,

    /// <summary>TLS from the first byte (https://www.rfc-editor.org/rfc/rfc8314#section-3.3); with a certificate that is not trusted, nothing is sent.</summary>
    Tls,
}
