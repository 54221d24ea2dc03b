using System.ComponentModel.DataAnnotations;

namespace LinkMonitor.Sharing;

/// <summary>How this installation is reached from outside.</summary>
public sealed class SharingOptions : IValidatableObject
{
    public const string Section = "LinkMonitor";

    /// <summary>
    /// The absolute http or https URL that readers of alerts reach this installation at. Without it a standalone server uses its own
    /// address, and behind the Functions host alerts carry no links to it.
    /// </summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>
    /// How long an address in a message opens its page, and then to the end of the calendar month. 180 days by default: mails are looked up
    /// long after they
    /// came. Feeds have no end unless their owner gives them one; unsubscribing works for ever.
    /// </summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan PublicLinkLifetime { get; set; } = TimeSpan.FromDays(180);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PublicUrl is null)
            yield break;
        if (PublicUrl is not { IsAbsoluteUri: true, Scheme: "http" or "https", Query: "", Fragment: "", UserInfo: "" })
            yield return new ValidationResult(
                "use an absolute http or https URL without query, fragment and credentials, for example https://links.example.org.",
                [nameof(PublicUrl)]);
    }
}
