using System.Globalization;

namespace LinkMonitor.Alerts.Posting;

/// <summary>What the other side answered to a message.</summary>
/// <param name="Host">Whom we asked, for the reasons; the rest of the URL may be a secret.</param>
/// <param name="RetryAfter">How long it wants to be left alone; null when it did not say.</param>
/// <param name="Body">The beginning of the body, only to be compared with known words; never shown, stored or logged. Empty when it was not asked for.</param>
internal sealed record PostAnswer(string Host, int Status, TimeSpan? RetryAfter, string Body)
{
    private string Answered => string.Create(CultureInfo.InvariantCulture, $"{Host} answered {Status}");

    public DeliveryResult Accepted() => new DeliveryResult.Accepted(null) { Status = Status };

    public DeliveryResult Retry(string because) => new DeliveryResult.Retry($"{Answered}{because}.", RetryAfter) { Status = Status };

    public DeliveryResult Refused(string because) => new DeliveryResult.Refused($"{Answered}{because}.") { Status = Status };

    public DeliveryResult Unusable(string because) => new DeliveryResult.Unusable($"{Answered}{because}.") { Status = Status };

    /// <summary>
    /// What a status means where nothing more is known: only 2xx is success and 410 ends it (https://www.standardwebhooks.com/). Where the message
    /// itself is refused, sending it again would end the same way; anything else its owner may still mend.
    /// </summary>
    public DeliveryResult Usual() => Status switch
    {
        >= 200 and <= 299 => Accepted(),
        >= 300 and <= 399 => Refused(", a redirect, which is not followed: set the address it leads to"),
        400 or 413 or 415 or 422 => Refused(": it does not take this message"),
        410 => Unusable(": nobody is there any more"),
        401 or 403 => Retry(": it does not let us in"),
        404 or 405 => Retry(": there is nothing that takes messages at this address"),
        429 => Retry(": too many messages"),
        _ => Retry(""),
    };
}
