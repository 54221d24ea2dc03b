using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using LinkMonitor.Alerts.Posting;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Storage.Channels;

namespace LinkMonitor.Alerts.Slack;

/// <summary>Posts to a Slack incoming webhook: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks/.</summary>
internal sealed class SlackChannel(MessagePoster poster) : IAlertChannel
{
    private static readonly Dictionary<string, string> NoHeaders = [];

    // Slack's words for a webhook that will never work again; its other answers may be repaired in Slack.
    private static readonly string[] Gone = [
        "no_service", "no_service_id", "no_team", "team_disabled", "invalid_token", "channel_not_found", "channel_is_archived",
    ];

    public string Kind => WireName.Of(ChannelKind.Slack);

    public Task<DeliveryResult> SendAsync(AlertMessage message, CancellationToken cancellationToken) => poster.PostAsync(
        message.Recipient,
        JsonSerializer.SerializeToUtf8Bytes(SlackMessage.Of(ChatSummary.Of(message)), SlackJson.Default.SlackMessage),
        NoHeaders,
        readsBody: true,
        Interpret,
        cancellationToken);

    private static DeliveryResult Interpret(PostAnswer answer) =>
        answer.Status is 403 or 404 or 410 && Gone.Contains(answer.Body.Trim(), StringComparer.Ordinal)
            ? answer.Unusable(": the incoming webhook or its channel was removed in Slack")
            : answer.Usual();
}

/// <summary>
/// A message in Block Kit: https://docs.slack.dev/reference/block-kit/blocks/. Words from the web stand in <c>plain_text</c> only, which
/// knows no mentions, links or formatting; <c>mrkdwn</c> holds nothing but our own words and addresses. At most 50 blocks, of 3,000
/// characters each.
/// </summary>
/// <param name="Text">What notifications show.</param>
internal sealed record SlackMessage(string Text, IReadOnlyList<SlackBlock> Blocks)
{
    private const int MaxText = 3_000;

    /// <summary>Of a header: https://docs.slack.dev/reference/block-kit/blocks/header-block.</summary>
    private const int MaxHeader = 150;

    /// <summary>Whether <see cref="Text"/> is read as markup.</summary>
    [JsonPropertyName("mrkdwn")]
    public bool ReadsMarkup { get; } = false;

    public static SlackMessage Of(ChatSummary summary)
    {
        List<SlackBlock> blocks = [new SlackBlock("header", Plain(summary.Headline, MaxHeader))];
        if (summary.Cause is { } cause)
            blocks.Add(new SlackBlock("section", Plain(cause, MaxText)));
        foreach (var line in summary.Lines)
        {
            blocks.Add(new SlackBlock("section", Plain(line.Text, MaxText)));
            if (line.Details is { } details)
                blocks.Add(Link(details, summary.Words.Evidence));
        }

        if (summary.MoreText is { } more)
            blocks.Add(new SlackBlock("section", Plain(more, MaxText)));
        if (summary.Details is { } all)
            blocks.Add(Link(all, summary.Words.Whole));
        return new SlackMessage(Escape(summary.Headline), blocks);
    }

    private static SlackBlock Link(Uri address, string words) =>
        new("context", null, [new SlackText("mrkdwn", $"<{Escape(address.AbsoluteUri)}|{words}>")]);

    private static SlackText Plain(string text, int maxLength) =>
        new("plain_text", ChatSummary.Cut(Escape(text), maxLength)) { Emoji = false };

    // https://docs.slack.dev/messaging/formatting-message-text#escaping
    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);
}

internal sealed record SlackBlock(string Type, SlackText? Text, IReadOnlyList<SlackText>? Elements = null);

internal sealed record SlackText(string Type, string Text)
{
    /// <summary>Whether <c>:smile:</c> becomes a picture; for plain text only.</summary>
    public bool? Emoji { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SlackMessage))]
internal sealed partial class SlackJson : JsonSerializerContext;

/// <summary>
/// An incoming webhook of Slack, or a workflow that starts with one. Sources: https://api.slack.com/messaging/webhooks (and Slack for
/// governments), https://slack.com/help/articles/360041352714.
/// </summary>
internal sealed partial class SlackType : ChannelType
{
    private static readonly string[] Hosts = ["hooks.slack.com", "hooks.slack-gov.com"];

    public override ChannelKind Kind => ChannelKind.Slack;

    public override Type Sender => typeof(SlackChannel);

    public override string Named => "the Slack channel {name}";

    // A message in the form of one chat is of no use to anybody else, so an address elsewhere is a mistake, or somebody's try to have us
    // post to a stranger; and one that is cut takes no message, which nobody should find out when an alert is due.
    public override Refusal? Check(WebUrl url)
    {
        if (!Hosts.Contains(url.Host, StringComparer.Ordinal))
            return new Refusal(
                $"Slack accepts messages at {string.Join(" and ", Hosts)} only: copy the URL of the incoming webhook from Slack. "
                + "For another receiver use the kind webhook.");
        return WholePath().IsMatch(url.ToRequestUri()?.AbsolutePath ?? string.Empty) ? null : new Refusal(
            "It is not a complete Slack webhook URL: these continue with /services/T…/B…/…, or with /triggers/… or /workflows/… of a "
                + "workflow. Copy it again.");
    }

    [GeneratedRegex(
        "^/(services/T[A-Z0-9]+/B[A-Z0-9]+/[A-Za-z0-9]+|(triggers|workflows)(/[A-Za-z0-9]+){3,4})/?$", RegexOptions.NonBacktracking)]
    private static partial Regex WholePath();
}
