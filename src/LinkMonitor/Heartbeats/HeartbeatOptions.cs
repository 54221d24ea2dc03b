using System.ComponentModel.DataAnnotations;

namespace LinkMonitor.Heartbeats;

/// <summary>Whom to tell that the schedule works, so that its silence is noticed from outside.</summary>
public sealed class HeartbeatOptions : IValidatableObject
{
    public const string Section = "LinkMonitor:Heartbeat";

    /// <summary>
    /// An address that is asked (GET) after each round of the schedule that worked, with <c>/fail</c> at the end of its path after one that
    /// did not: as https://healthchecks.io/docs/http_api/ has it. None by default. Its path is a secret.
    /// </summary>
    public string? Url { get; set; }

    /// <summary>For one request, name look-up and answer included. 1 to 30 seconds, 10 seconds by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:30")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Null when nobody is told.</summary>
    internal Uri? Address => Uri.TryCreate(Url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : null;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // The value is a secret, and does not stand in the message.
        if (!string.IsNullOrEmpty(Url) && Address is not { UserInfo: "", Fragment: "" })
            yield return new ValidationResult(
                "It must be an absolute http or https address without a user and without a fragment, for example https://hc-ping.com/….",
                [nameof(Url)]);
    }
}
