using System.ComponentModel.DataAnnotations;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Monitoring.Outages;

/// <summary>How we tell that our own network failed, and not the sites.</summary>
public sealed class OutageOptions : IValidatableObject
{
    public const string Section = "LinkMonitor:Outages";

    /// <summary>
    /// Addresses that answer 2xx whenever our network is well, separated by spaces; asked when a page cannot be reached. When none of them answers,
    /// nothing is judged. Choose ones on different networks; empty asks none. By default three that are made for this question.
    /// </summary>
    public string ControlUrls { get; set; } =
        "https://www.gstatic.com/generate_204 http://detectportal.firefox.com/success.txt http://www.msftconnecttest.com/connecttest.txt";

    /// <summary>How long the control addresses' answer counts. 5 seconds to 1 hour, 1 minute by default.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "01:00:00")]
    public TimeSpan ControlEvery { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The share of hosts, of those that could be reached at their last check, that fail in the network before it is taken for our own fault.
    /// 0.1 to 1, 0.5 by default.
    /// </summary>
    [Range(0.1, 1.0)]
    public double FailureShare { get; set; } = 0.5;

    /// <summary>With fewer hosts than this in the window the share says nothing. 3 to 10,000, 10 by default.</summary>
    [Range(3, 10_000)]
    public int MinHosts { get; set; } = 10;

    /// <summary>What counts as one round. 1 minute to 1 day, 10 minutes by default.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>A failure later than this after the last one is a new outage, with a notice of its own. 10 minutes to 1 day, 1 hour by default.</summary>
    [Range(typeof(TimeSpan), "00:10:00", "1.00:00:00")]
    public TimeSpan QuietAfter { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The control addresses, parsed.</summary>
    public IReadOnlyList<WebUrl> Controls =>
        [.. Words.Select(word => WebUrl.TryParse(word, out var url) ? url : null).OfType<WebUrl>()];

    private IEnumerable<string> Words => ControlUrls.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var word in Words.Where(word => !WebUrl.TryParse(word, out var url) || url.ToRequestUri() is null))
            yield return new ValidationResult(
                $"'{word}' is no http or https address. Write absolute addresses separated by spaces, or nothing to ask none.", [nameof(ControlUrls)]);
    }
}
