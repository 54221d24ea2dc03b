using System.Text.RegularExpressions;
using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Storage.Channels;

namespace LinkMonitor.Alerts.Posting;

/// <summary>
/// The addresses that take messages for a chat. A message in the form of one chat is of no use to anybody else, so an address elsewhere is a mistake, or
/// somebody's try to have us post to a stranger; and one that is cut takes no message, which nobody should find out when an alert is due. Sources:
/// https://api.slack.com/messaging/webhooks (and Slack for governments), https://slack.com/help/articles/360041352714 (workflows that start with a
/// webhook); https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/ (incoming webhooks) and
/// https://learn.microsoft.com/azure/azure-government/compare-azure-government-global-azure (workflows run in Logic Apps or the Power Platform).
/// </summary>
internal static partial class ChatHosts
{
    private static readonly string[] Slack = ["hooks.slack.com", "hooks.slack-gov.com"];

    // With a dot in front: any host below.
    private static readonly string[] TeamsWebhooks = [".webhook.office.com", "outlook.office.com", "outlook.office365.com"];

    private static readonly string[] TeamsWorkflows = [".logic.azure.com", ".logic.azure.us", ".logic.azure.cn", ".api.powerplatform.com"];

    private static string AllOfTeams => string.Join(", ", TeamsWebhooks.Concat(TeamsWorkflows).Select(host => host.TrimStart('.')));

    /// <summary>Why a URL is none of the chat's, or null. Channels of other kinds may be anywhere.</summary>
    public static Refusal? Check(ChannelKind kind, WebUrl url) => kind switch
    {
        ChannelKind.Slack => CheckSlack(url),
        ChannelKind.Teams => CheckTeams(url),
        _ => null,
    };

    private static Refusal? CheckSlack(WebUrl url)
    {
        if (!IsOneOf(Slack, url))
            return new Refusal($"Slack takes messages at {string.Join(" and ", Slack)} only: copy the URL of the incoming webhook from Slack. For another receiver use the kind webhook.");
        return SlackPath().IsMatch(url.ToRequestUri()?.AbsolutePath ?? string.Empty)
            ? null
            : new Refusal("It is no whole webhook URL of Slack: they go on with /services/T…/B…/…, or with /triggers/… or /workflows/… of a workflow. Copy it again.");
    }

    private static Refusal? CheckTeams(WebUrl url)
    {
        var path = url.ToRequestUri()?.AbsolutePath ?? string.Empty;
        if (IsOneOf(TeamsWebhooks, url))
        {
            return TeamsWebhookPath().IsMatch(path)
                ? null
                : new Refusal("It is no whole webhook URL of Teams: they go on with /webhookb2/…/IncomingWebhook/…/…. Copy it again.");
        }

        if (!IsOneOf(TeamsWorkflows, url))
            return new Refusal($"Teams takes messages at Microsoft's hosts only ({AllOfTeams}): copy the URL from Teams. For another receiver use the kind webhook.");
        return TeamsWorkflowPath().IsMatch(path) && url.ToRequestUri()!.Query.Contains("sig=", StringComparison.Ordinal)
            ? null
            : new Refusal("It is no whole URL of a workflow: they have /workflows/…/triggers/… in the path and end with a signature (sig=…). Copy it again.");
    }

    private static bool IsOneOf(string[] hosts, WebUrl url) => hosts.Any(host =>
        host[0] == '.' ? url.Host?.EndsWith(host, StringComparison.Ordinal) == true : url.Host == host);

    [GeneratedRegex("^/(services/T[A-Z0-9]+/B[A-Z0-9]+/[A-Za-z0-9]+|(triggers|workflows)(/[A-Za-z0-9]+){3,4})/?$", RegexOptions.NonBacktracking)]
    private static partial Regex SlackPath();

    [GeneratedRegex("^/webhook(b2)?/[^/]+/IncomingWebhook/[^/]+/[^/]+", RegexOptions.NonBacktracking)]
    private static partial Regex TeamsWebhookPath();

    [GeneratedRegex("/workflows/[^/]+/triggers/[^/]+/", RegexOptions.NonBacktracking)]
    private static partial Regex TeamsWorkflowPath();
}
