using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Alerts.Smtp;

/// <summary>The mail server to hand alerts to.</summary>
internal sealed class SmtpOptions : IValidatableObject
{
    public const string Section = "LinkMonitor:Mail:Smtp";

    /// <summary>The server's name or address.</summary>
    [Required(ErrorMessage = "LinkMonitor:Mail:Smtp:Host is missing: the name of the mail server, for example smtp.example.org.")]
    public string? Host { get; set; }

    /// <summary>1 to 65535. 465 (TLS from the first byte) is not spoken.</summary>
    [Range(1, 65_535)]
    public int Port { get; set; } = 587;

    /// <summary><c>StartTls</c> or <c>None</c>.</summary>
    [EnumDataType(typeof(SmtpSecurity), ErrorMessage = "LinkMonitor:Mail:Smtp:Security must be StartTls or None.")]
    public SmtpSecurity Security { get; set; } = SmtpSecurity.StartTls;

    /// <summary>The login; none by default.</summary>
    public string? User { get; set; }

    public string? Password { get; set; }

    /// <summary>For one whole message. 1 second to 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Port == 465)
            yield return new ValidationResult(
                "LinkMonitor:Mail:Smtp:Port is 465, where a server expects TLS from the first byte, which is not supported. Use STARTTLS on port 587.");
        if (User is null != Password is null)
            yield return new ValidationResult(
                $"LinkMonitor:Mail:Smtp:{(User is null ? "User" : "Password")} is missing: set both User and Password, or neither.");
        if (User is not null && Security == SmtpSecurity.None)
            yield return new ValidationResult(
                "LinkMonitor:Mail:Smtp:User is set but LinkMonitor:Mail:Smtp:Security is None, which would send the password in the clear. Use StartTls.");
    }
}

[OptionsValidator]
internal sealed partial class SmtpOptionsValidator : IValidateOptions<SmtpOptions>;
