using LinkMonitor.Alerts.Posting;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Channels;

namespace LinkMonitor.Alerts.Teams;

/// <summary>
/// Posts to a Microsoft Teams incoming webhook, of a connector or of Workflows:
/// https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using.
/// </summary>
internal sealed class TeamsChannel(MessagePoster poster) : IAlertChannel
{
    private static readonly Dictionary<string, string> NoHeaders = [];

    public string Kind => WireName.Of(ChannelKind.Teams);

    public Task<DeliveryResult> SendAsync(AlertMessage message, CancellationToken cancellationToken) => poster.PostAsync(
        message.Recipient, TeamsMessage.Write(ChatSummary.Of(message)), NoHeaders, readsBody: true, Interpret, cancellationToken);

    // A connector answers 200 also when Teams itself refused, and then tells it in the body ("... returned HTTP error 429 ...").
    private static DeliveryResult Interpret(PostAnswer answer) =>
        answer.Status is >= 200 and <= 299 && answer.Body.Contains("HTTP error", StringComparison.OrdinalIgnoreCase)
            ? answer.Retry(", but told of an error in Teams")
            : answer.Usual();
}
