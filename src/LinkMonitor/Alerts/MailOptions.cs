using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Mail;
using LinkMonitor.Wording;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Alerts;

/// <summary>What every transport needs to know.</summary>
internal sealed class MailOptions : IValidatableObject
{
    public const string Section = "LinkMonitor:Mail";

    /// <summary>The sender of files when none is set; never leaves the machine.</summary>
    public const string LocalFrom = "linkmonitor@localhost";

    /// <summary><c>files</c>, <c>smtp</c> or <c>sendgrid</c>.</summary>
    public string Transport { get; set; } = "files";

    /// <summary>The sender's address; required for <c>smtp</c> and <c>sendgrid</c>.</summary>
    public string? From { get; set; }

    /// <summary>The sender's name as mail clients show it, at most 100 characters.</summary>
    [StringLength(100, ErrorMessage = "LinkMonitor:Mail:FromName is longer than 100 characters.")]
    public string FromName { get; set; } = "LinkMonitor";

    /// <summary>
    /// A folder of language files for mails, <c>&lt;code&gt;.json</c> each, beside those that are built in; null for none.
    /// </summary>
    public string? LanguageFolder { get; set; }

    public MailTransport Chosen => WireName.Parse<MailTransport>(Transport);

    /// <summary>The sender's address as it stands in the mail.</summary>
    public EmailAddress Sender => EmailAddress.Parse(From ?? LocalFrom);

    /// <summary>
    /// What is wrong when settings of a transport are there and none is chosen: mails would go into files, and nobody would miss them soon.
    /// </summary>
    public static IEnumerable<string> Unchosen(IConfiguration configuration)
    {
        var mail = configuration.GetSection(Section);
        if (!string.IsNullOrEmpty(mail[nameof(Transport)]))
            yield break;
        foreach (var transport in (MailTransport[])[MailTransport.Smtp, MailTransport.SendGrid])
        {
            var given = mail.GetSection(transport.ToString()).GetChildren().FirstOrDefault(setting => !string.IsNullOrEmpty(setting.Value));
            if (given is not null)
                yield return $"{Section}:{nameof(Transport)} is missing: {given.Path} is set, but mails would be written to files. Set "
                    + $"{Section}:{nameof(Transport)} to {WireName.Of(transport)}, or remove {given.Path}.";
        }
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!WireName.TryParse<MailTransport>(Transport, out var transport))
            yield return new ValidationResult(
                $"LinkMonitor:Mail:Transport is '{Transport}'. Use one of {string.Join(", ", WireName.All<MailTransport>())}.");
        else if (From is null && transport != MailTransport.Files)
            yield return new ValidationResult(
                $"LinkMonitor:Mail:From is missing: the address alerts are sent from, which {WireName.Of(transport)} must be allowed to "
                    + $"use.");
        if (From is not null && !EmailAddress.IsValid(From))
            yield return new ValidationResult($"LinkMonitor:Mail:From is '{From}', which is not an ASCII e-mail address.");
        foreach (var failure in Wording.LanguageFolder.Read(LanguageFolder).Failures)
            yield return new ValidationResult(failure, [nameof(LanguageFolder)]);
    }
}

/// <summary>How alerts leave.</summary>
internal enum MailTransport
{
    /// <summary>As <c>.eml</c> files in a folder: the default, for a laptop.</summary>
    Files,

    /// <summary>Over any mail server.</summary>
    Smtp,

    /// <summary>Over SendGrid's web API.</summary>
    [JsonStringEnumMemberName("sendgrid")]
    SendGrid,
}

/// <summary>
/// Takes up the operator's language files at the start, and says once what is missing in them. What cannot be used has stopped the start.
/// </summary>
internal sealed partial class OwnLanguages(IOptions<MailOptions> options, ILogger<OwnLanguages> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var folder = LanguageFolder.Read(options.Value.LanguageFolder);
        Language.Use(folder.Files);
        foreach (var note in folder.Notes)
            Log.Incomplete(logger, note);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Language.Use([]);
        return Task.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Note}")]
        public static partial void Incomplete(ILogger logger, string note);
    }
}
