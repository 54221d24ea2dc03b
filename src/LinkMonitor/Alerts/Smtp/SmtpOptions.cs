using System.ComponentModel.DataAnnotations;

namespace LinkMonitor.Alerts.Smtp;

/// <summary>The mail server to hand alerts to.</summary>
internal sealed class SmtpOptions : IValidatableObject
{
    public const string Section = "LinkMonitor:Mail:Smtp";

    private const int ImplicitTlsPort = 465;

    /// <summary>The server's name or address.</summary>
    [Required(ErrorMessage = "LinkMonitor:Mail:Smtp:Host is missing: the name of the mail server, for example smtp.example.org.")]
    public string? Host { get; set; }

    /// <summary>1 to 65535; 465 is the port of TLS from the first byte.</summary>
    [Range(1, 65_535)]
    public int Port { get; set; } = 587;

    /// <summary>
    /// <c>StartTls</c>, <c>Tls</c> (from the first byte) or <c>None</c>; unset it is <c>Tls</c> on port 465 and <c>StartTls</c> on any
    /// other.
    /// </summary>
    [EnumDataType(typeof(SmtpSecurity), ErrorMessage = "LinkMonitor:Mail:Smtp:Security must be StartTls, Tls or None.")]
    public SmtpSecurity? Security { get; set; }

    /// <summary>The login; none by default.</summary>
    public string? User { get; set; }

    public string? Password { get; set; }

    /// <summary>
    /// For one whole message. 1 second to 10 minutes, 30 seconds by default: the next alert of a project waits for a server that hangs.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    internal SmtpSecurity Chosen => Security ?? (Port == ImplicitTlsPort ? SmtpSecurity.Tls : SmtpSecurity.StartTls);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // Each side would wait for the other to speak first, until the time-out.
        if (Port == ImplicitTlsPort && Chosen != SmtpSecurity.Tls)
            yield return new ValidationResult(
                $"LinkMonitor:Mail:Smtp:Port is 465, where a server expects TLS from the first byte, but LinkMonitor:Mail:Smtp:Security is "
                    + $"{Security}. "
                + "Set Security to Tls, or use port 587.");
        if (User is null != Password is null)
            yield return new ValidationResult(
                $"LinkMonitor:Mail:Smtp:{(User is null ? "User" : "Password")} is missing: set both User and Password, or neither.");
        if (User is not null && Chosen == SmtpSecurity.None)
            yield return new ValidationResult(
                "LinkMonitor:Mail:Smtp:User is set but LinkMonitor:Mail:Smtp:Security is None, which would send the password in the clear. "
                    + "Use StartTls or Tls.");
    }
}

/// <summary>What protects the connection to a mail server.</summary>
internal enum SmtpSecurity
{
    /// <summary>Nothing: for a server on the same machine or network.</summary>
    None,

    /// <summary>STARTTLS; without it, or with a certificate that is not trusted, nothing is sent.</summary>
    StartTls,

    /// <summary>
    /// TLS from the first byte (https://www.rfc-editor.org/rfc/rfc8314#section-3.3); with a certificate that is not trusted, nothing is
    /// sent.
    /// </summary>
    Tls,
}
