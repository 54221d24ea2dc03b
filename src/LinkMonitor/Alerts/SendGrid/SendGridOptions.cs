using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Alerts.SendGrid;

/// <summary>The SendGrid account to send with.</summary>
internal sealed class SendGridOptions : IValidatableObject
{
    public const string Section = "LinkMonitor:Mail:SendGrid";

    /// <summary>A key with the permission "Mail Send".</summary>
    [Required(ErrorMessage = "LinkMonitor:Mail:SendGrid:ApiKey is missing: an API key with the permission Mail Send.")]
    public string? ApiKey { get; set; }

    /// <summary><c>https://api.eu.sendgrid.com</c> for accounts in the EU.</summary>
    [Required(ErrorMessage = "LinkMonitor:Mail:SendGrid:BaseUrl is missing: https://api.sendgrid.com or https://api.eu.sendgrid.com.")]
    public Uri BaseUrl { get; set; } = new("https://api.sendgrid.com");

    /// <summary>True has SendGrid check each mail without delivering it.</summary>
    public bool Sandbox { get; set; }

    /// <summary>For one request. 1 second to 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (BaseUrl is not { IsAbsoluteUri: true, Scheme: "https" or "http" } || (BaseUrl.Scheme == "http" && !BaseUrl.IsLoopback))
            yield return new ValidationResult("LinkMonitor:Mail:SendGrid:BaseUrl must be an https URL; http is only allowed for this machine.");
        if (ApiKey is not null && ApiKey.Any(c => c is <= ' ' or > '~'))
            yield return new ValidationResult("LinkMonitor:Mail:SendGrid:ApiKey holds a space, a line end or another character that no key has.");
    }
}

[OptionsValidator]
internal sealed partial class SendGridOptionsValidator : IValidateOptions<SendGridOptions>;
