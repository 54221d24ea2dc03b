using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Storage.Channels;

namespace LinkMonitor.Alerts.Posting;

/// <summary>
/// The hosts that take messages for a chat. A message in the form of one chat is of no use to anybody else, so an address elsewhere is a mistake, or
/// somebody's try to have us post to a stranger. Sources: https://api.slack.com/messaging/webhooks (and Slack for governments);
/// https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/ (incoming webhooks) and
/// https://learn.microsoft.com/azure/azure-government/compare-azure-government-global-azure (workflows run in Logic Apps or the Power Platform).
/// </summary>
internal static class ChatHosts
{
    private static readonly string[] Slack = ["hooks.slack.com", "hooks.slack-gov.com"];

    // With a dot in front: any host below.
    private static readonly string[] Teams =
        [".webhook.office.com", "outlook.office.com", "outlook.office365.com", ".logic.azure.com", ".logic.azure.us", ".logic.azure.cn", ".api.powerplatform.com"];

    /// <summary>Why a URL is none of the chat's, or null. Channels of other kinds may be anywhere.</summary>
    public static Refusal? Check(ChannelKind kind, WebUrl url) => kind switch
    {
        ChannelKind.Slack when !IsOneOf(Slack, url) => new Refusal(
            $"Slack takes messages at {string.Join(" and ", Slack)} only: copy the URL of the incoming webhook from Slack. For another receiver use the kind webhook."),
        ChannelKind.Teams when !IsOneOf(Teams, url) => new Refusal(
            $"Teams takes messages at Microsoft's hosts only ({string.Join(", ", Teams.Select(host => host.TrimStart('.')))}): copy the URL from Teams. For another receiver use the kind webhook."),
        _ => null,
    };

    private static bool IsOneOf(string[] hosts, WebUrl url) => hosts.Any(host =>
        host[0] == '.' ? url.Host?.EndsWith(host, StringComparison.Ordinal) == true : url.Host == host);
}
