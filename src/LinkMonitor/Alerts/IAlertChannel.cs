using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Mail;
using LinkMonitor.Storage.Channels;

namespace LinkMonitor.Alerts;

/// <summary>A way for alerts to leave. Sending the same message again must be harmless: it carries the same ids.</summary>
public interface IAlertChannel
{
    /// <summary>The name in settings and stored deliveries, for example <c>smtp</c>.</summary>
    string Kind { get; }

    /// <summary>More changes than this go out as several messages, each with its own part number.</summary>
    int MaxChangesPerMessage => int.MaxValue;

    /// <summary>
    /// What keeps everything from leaving, found out without sending anything: one sentence, or null when nothing does or nobody can tell.
    /// </summary>
    Task<string?> FindProblemAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    /// <summary>
    /// Sends one copy. What the other side does is a result; only a cancelled <paramref name="cancellationToken"/> and our own bugs throw.
    /// </summary>
    Task<DeliveryResult> SendAsync(AlertMessage message, CancellationToken cancellationToken);
}

/// <summary>Finds what sends to a kind of channel.</summary>
public sealed class AlertChannels(IServiceProvider services)
{
    public IAlertChannel For(ChannelKind kind) => services.GetRequiredKeyedService<IAlertChannel>(kind);
}

/// <summary>The header values that are the same whatever way a mail leaves.</summary>
internal static class AlertHeaders
{
    public const string EventIdsName = "X-LinkMonitor-Event-Ids";
    public const string EventCountName = "X-LinkMonitor-Event-Count";
    /// <summary>https://www.rfc-editor.org/rfc/rfc3282.</summary>
    public const string LanguageName = "Content-Language";

    public const string AutoSubmittedName = "Auto-Submitted";

    /// <summary>Not a person's mail, so that no out-of-office reply comes back: https://www.rfc-editor.org/rfc/rfc3834#section-5.</summary>
    public const string AutoSubmitted = "auto-generated";

    private const int RecipientHashBytes = 8;

    /// <summary>
    /// The same for the same alert and recipient, so that mail clients and readers recognise a repeat. With angle brackets.
    /// </summary>
    public static string MessageId(AlertMessage message, EmailAddress sender) =>
        $"<{message.AlertId}.{RecipientHash(message)}@{sender.Domain}>";

    /// <summary>Tells recipients of one alert apart without naming them: 16 hexadecimal characters.</summary>
    public static string RecipientHash(AlertMessage message) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(message.Recipient.ToLowerInvariant())).AsSpan(0, RecipientHashBytes));

    /// <summary>
    /// As many ids as fit, separated by one character; whoever gets fewer than <c>EventIds.Count</c> must get the count, too.
    /// </summary>
    public static string EventIds(AlertMessage message, char separator, int maxLength)
    {
        var text = new StringBuilder();
        foreach (var id in message.EventIds)
        {
            if (text.Length + 1 + id.Length > maxLength)
                break;
            text.Append(text.Length > 0 ? separator.ToString() : "").Append(id);
        }

        return text.ToString();
    }

    public static string EventCount(AlertMessage message) => message.EventIds.Count.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// The headers that let a mail client show its own "unsubscribe" button: https://www.rfc-editor.org/rfc/rfc8058#section-3. One click
    /// needs https. Empty when there is no such address.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Unsubscribe(AlertMessage message)
    {
        var headers = new Dictionary<string, string>();
        if (message.UnsubscribeUrl is { } address)
            headers["List-Unsubscribe"] = $"<{address.AbsoluteUri}>";
        if (message.UnsubscribeUrl is { Scheme: "https" })
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click";
        return headers;
    }

    /// <summary>Who sends it, as mail clients show it: the project's word, or the installation's.</summary>
    public static string SenderName(AlertMessage message, MailOptions sender) => OneLine(message.SenderName ?? sender.FromName);

    /// <summary>The text with every control character, line ends above all, replaced by a space.</summary>
    public static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
}

/// <summary>What came of sending one copy of an alert. Closed: the four cases below are all there are.</summary>
public abstract record DeliveryResult
{
    private DeliveryResult()
    {
    }

    /// <summary>The HTTP status of a webhook's or a chat's answer; null for mail, and when there was no answer.</summary>
    public int? Status { get; init; }

    /// <summary>The other side has it.</summary>
    /// <param name="Receipt">The other side's own id of it, or the file's name; null when it gave none.</param>
    public sealed record Accepted(string? Receipt) : DeliveryResult;

    /// <summary>Not now, perhaps later.</summary>
    /// <param name="Reason">For people; holds no secret.</param>
    /// <param name="RetryAfter">How long the other side wants to be left alone; null when it did not say.</param>
    public sealed record Retry(string Reason, TimeSpan? RetryAfter = null) : DeliveryResult
    {
        /// <summary>
        /// It was not about this message or its recipient: the server could not be reached, refused the login or did not answer, so that
        /// other messages would fare the same just now.
        /// </summary>
        public bool IsOfRoute { get; init; }
    }

    /// <summary>Never: trying again with the same message and settings would end the same way.</summary>
    /// <param name="Reason">For people; holds no secret.</param>
    public sealed record Refused(string Reason) : DeliveryResult;

    /// <summary>
    /// Never, and no other message to this address either: it does not exist any more, or asked to be left alone (HTTP 410). The channel is
    /// disabled.
    /// </summary>
    /// <param name="Reason">For people; holds no secret, and nothing of a remote answer's body.</param>
    public sealed record Unusable(string Reason) : DeliveryResult;
}

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
        : !WebUrl.TryParse(address, out var url) ? "…"
        : url.Href.Length - url.Origin.Length - 1 is var hidden && hidden <= ShownEnd ? url.Href
        : $"{url.Origin}/…{url.Href[^ShownEnd..]}";

    /// <summary>
    /// What of a channel's address is stored with what was sent to it, and reported in notices: of a secret one the host.
    /// </summary>
    public string Recipient(Channel channel) =>
        !IsAddressSecret ? channel.Address
        : Uri.TryCreate(channel.Address, UriKind.Absolute, out var url) ? url.Host : channel.Id.Value;
}

/// <summary>The <c>Retry-After</c> of an answer: https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3.</summary>
internal static class RetryPause
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>0 to 1 day; null when the header is absent or means nothing.</summary>
    public static TimeSpan? Of(HttpResponseHeaders headers, DateTimeOffset now) => Bound(headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - now,
        _ => null,
    });

    /// <summary>The pause, not below nothing and not above a day.</summary>
    public static TimeSpan? Bound(TimeSpan? pause) => pause is not { } told ? null
        : told < TimeSpan.Zero ? TimeSpan.Zero
        : told > Longest ? Longest
        : told;
}
