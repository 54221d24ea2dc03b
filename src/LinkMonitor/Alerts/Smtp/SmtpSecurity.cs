namespace LinkMonitor.Alerts.Smtp;

/// <summary>What protects the connection to a mail server.</summary>
internal enum SmtpSecurity
{
    /// <summary>Nothing: for a server on the same machine or network.</summary>
    None,

    /// <summary>STARTTLS; without it, or with a certificate that is not trusted, nothing is sent.</summary>
    StartTls,
}
