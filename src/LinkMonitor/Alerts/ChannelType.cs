using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Storage.Channels;

namespace LinkMonitor.Alerts;

/// <summary>
/// What there is to know of a kind of channel besides how it sends. Unless a kind says otherwise its address is a secret, because whoever
/// knows the URL of a chat's incoming webhook can write into the chat.
/// </summary>
internal abstract class ChannelType
{
    /// <summary>An address has at most so many characters.</summary>
    public const int MaxAddressLength = 2_000;

    private const int ShownEnd = 4;

    public abstract ChannelKind Kind { get; }

    /// <summary>
    /// The class that sends to it, an <see cref="IAlertChannel"/>; null for e-mail, which leaves by the transport that the settings choose.
    /// </summary>
    public abstract Type? Sender { get; }

    /// <summary>A channel of this kind in a sentence, English and a key of the language files; <c>{name}</c> is its name.</summary>
    public abstract string Named { get; }

    /// <summary>Whether its messages are signed, with a secret of each channel.</summary>
    public virtual bool IsSigned => false;

    /// <summary>Why the kind cannot have a URL that messages may be posted to, or null.</summary>
    public virtual Refusal? Check(WebUrl url) => null;

    /// <summary>The address in its one form; null with the reason when it cannot be used.</summary>
    /// <param name="text">As the user wrote it, without spaces around it.</param>
    /// <param name="check">Why the installation posts to no such URL, or null.</param>
    public virtual string? Read(string text, Func<WebUrl, Refusal?> check, out string? error)
    {
        error = null;
        if (text.Length > MaxAddressLength)
            error = $"At most {MaxAddressLength} characters; it has {text.Length}.";
        else if (!WebUrl.TryParse(text, out var url))
            error = "It is not a URL. Give it in full, for example https://hooks.example.org/links.";
        else if (check(url) is { } refusal)
            error = refusal.Message;
        else if (url.ToRequestUri() is null)
            error = "Its host is not a valid DNS name.";
        else
            return url.WithoutFragment().Href;
        return null;
    }

    /// <summary>
    /// Whether whoever knows the address can write where the messages go, or finds a token in it, as in the URL of any incoming webhook.
    /// </summary>
    public virtual bool IsAddressSecret => true;

    /// <summary>
    /// What may be shown of an address to those who may see the channel: of a secret one the host and the last 4 characters.
    /// </summary>
    public string Show(string address) =>
        !IsAddressSecret ? address
        : WebUrl.TryParse(address, out var url) ? $"{url.Origin}/…{address[^Math.Min(ShownEnd, address.Length)..]}" : "…";

    /// <summary>
    /// What of a channel's address is stored with what was sent to it, and reported in notices: of a secret one the host.
    /// </summary>
    public string Recipient(Channel channel) =>
        !IsAddressSecret ? channel.Address
        : Uri.TryCreate(channel.Address, UriKind.Absolute, out var url) ? url.Host : channel.Id.Value;
}
