using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.RegularExpressions;
using LinkMonitor.Alerts.Mime;
using LinkMonitor.Mail;
using Microsoft.Extensions.Options;
using MimeKit;

namespace LinkMonitor.Alerts.Files;

/// <summary>
/// Writes each mail as an <c>.eml</c> file, which any mail client opens. A file is there whole or not at all, and the same copy always has
/// the same name and the same bytes, so that a repeat replaces itself.
/// </summary>
internal sealed partial class FilesChannel(IOptions<MailOptions> mail, IOptions<FilesOptions> options) : IAlertChannel
{
    private const int MaxRecipientInName = 60;

    public string Kind => "files";

    public async Task<DeliveryResult> SendAsync(AlertMessage message, CancellationToken cancellationToken)
    {
        if (!EmailAddress.TryParse(message.Recipient, out var recipient))
            return new DeliveryResult.Refused($"'{AlertHeaders.OneLine(message.Recipient)}' is not an ASCII e-mail address.");
        var name = FileName(message);
        try
        {
            using var letter = AlertMime.Write(message, mail.Value, recipient);
            await WriteAsync(name, letter, cancellationToken);
            return new DeliveryResult.Accepted(name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new DeliveryResult.Retry($"The file could not be written: {e.Message}");
        }
    }

    public async Task<string?> FindProblemAsync(CancellationToken cancellationToken)
    {
        try
        {
            var probe = Path.Combine(Directory.CreateDirectory(options.Value.Folder).FullName, $".{Guid.NewGuid():N}.tmp");
            await File.WriteAllTextAsync(probe, string.Empty, cancellationToken);
            File.Delete(probe);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"Mails cannot be written to {Path.GetFullPath(options.Value.Folder)}: {e.Message}";
        }
    }

    /// <summary>For example <c>20260301T120000Z_alr_x_anna@example.org_0123456789abcdef.eml</c>.</summary>
    private static string FileName(AlertMessage message)
    {
        var recipient = Unsafe().Replace(message.Recipient, "_");
        if (recipient.Length > MaxRecipientInName)
            recipient = recipient[..MaxRecipientInName];
        var time = message.CreatedAt.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        return $"{time}_{Unsafe().Replace(message.AlertId, "_")}_{recipient}_{AlertHeaders.RecipientHash(message)}.eml";
    }

    private async Task WriteAsync(string name, MimeMessage letter, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(options.Value.Folder).FullName;
        // Readers of the folder look for *.eml; until the move there is none.
        var unfinished = Path.Combine(folder, $".{Guid.NewGuid():N}.tmp");
        try
        {
            await letter.WriteToAsync(AlertMime.Format, unfinished, cancellationToken);
            File.Move(unfinished, Path.Combine(folder, name), overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    [GeneratedRegex("[^A-Za-z0-9@._+-]")]
    private static partial Regex Unsafe();
}

/// <summary>Where mail goes that is not sent.</summary>
internal sealed class FilesOptions
{
    public const string Section = "LinkMonitor:Mail:Files";

    /// <summary>Relative to the working directory; made when it is not there.</summary>
    [Required(ErrorMessage = "LinkMonitor:Mail:Files:Folder is missing: the folder alerts are written to.")]
    public string Folder { get; set; } = "./outbox";
}
