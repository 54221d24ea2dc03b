using LinkMonitor.Alerts.Posting;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Mail;
using LinkMonitor.Storage.Channels;

namespace LinkMonitor.Channels;

/// <summary>The addresses of channels: what is taken, and what is shown.</summary>
internal static class ChannelAddress
{
    public const int MaxLength = 2_000;

    private const int ShownEnd = 4;

    /// <summary>The address in its one form; null with the reason when it cannot be used.</summary>
    /// <param name="text">As the user wrote it.</param>
    public static string? Read(ChannelKind kind, string text, OutgoingPolicy policy, out string? error)
    {
        error = null;
        var trimmed = text.Trim();
        if (kind == ChannelKind.Email)
        {
            if (EmailAddress.IsValid(trimmed))
                return trimmed;
            error = "It is no ASCII e-mail address. Write it plain, for example owner@example.org.";
        }
        else if (trimmed.Length > MaxLength)
            error = $"At most {MaxLength} characters; it has {trimmed.Length}.";
        else if (!WebUrl.TryParse(trimmed, out var url))
            error = "It is no URL. Write it whole, for example https://hooks.example.org/links.";
        else if (policy.Check(kind, url) is { } refusal)
            error = refusal.Message;
        else if (url.ToRequestUri() is null)
            error = "Its host is no name that DNS could know.";
        else
            return url.WithoutFragment().Href;
        return null;
    }

    /// <summary>What may be shown of it: whoever knows the URL of a chat's incoming webhook can write into the chat.</summary>
    public static string Show(ChannelKind kind, string address) =>
        kind is ChannelKind.Slack or ChannelKind.Teams && WebUrl.TryParse(address, out var url)
            ? $"{url.Origin}/…{address[^Math.Min(ShownEnd, address.Length)..]}"
            : address;
}
