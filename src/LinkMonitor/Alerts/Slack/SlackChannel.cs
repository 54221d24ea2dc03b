using System.Text.Json;
using LinkMonitor.Alerts.Posting;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Channels;

namespace LinkMonitor.Alerts.Slack;

/// <summary>Posts to a Slack incoming webhook: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks/.</summary>
internal sealed class SlackChannel(MessagePoster poster) : IAlertChannel
{
    private static readonly Dictionary<string, string> NoHeaders = [];

    // Slack's words for a webhook that will never work again; its other answers may be mended in Slack.
    private static readonly string[] Gone = ["no_service", "no_service_id", "no_team", "team_disabled", "invalid_token", "channel_not_found", "channel_is_archived"];

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
