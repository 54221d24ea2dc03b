using System.Text.RegularExpressions;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Storage.Channels;

namespace LinkMonitor.Alerts.Teams;

/// <summary>
/// An incoming webhook of Microsoft Teams, or a workflow that posts to it. Sources:
/// https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/ (incoming webhooks) and
/// https://learn.microsoft.com/azure/azure-government/compare-azure-government-global-azure (workflows run in Logic Apps or the Power
/// Platform).
/// </summary>
internal sealed partial class TeamsType : ChannelType
{
    // With a dot in front: any host below.
    private static readonly string[] Webhooks = [".webhook.office.com", "outlook.office.com", "outlook.office365.com"];

    private static readonly string[] Workflows = [".logic.azure.com", ".logic.azure.us", ".logic.azure.cn", ".api.powerplatform.com"];

    public override ChannelKind Kind => ChannelKind.Teams;

    public override Type Sender => typeof(TeamsChannel);

    public override string Named => "the Teams channel {name}";

    private static string AllHosts => string.Join(", ", Webhooks.Concat(Workflows).Select(host => host.TrimStart('.')));

    // As with Slack: elsewhere nobody reads a message in the form of Teams, and a URL that is cut takes none.
    public override Refusal? Check(WebUrl url)
    {
        var path = url.ToRequestUri()?.AbsolutePath ?? string.Empty;
        if (IsOneOf(Webhooks, url))
        {
            return WebhookPath().IsMatch(path)
                ? null
                : new Refusal("It is not a complete Teams webhook URL: these continue with /webhookb2/…/IncomingWebhook/…/…. Copy it "
                    + "again.");
        }

        if (!IsOneOf(Workflows, url))
            return new Refusal(
                $"Teams accepts messages at Microsoft's hosts only ({AllHosts}): copy the URL from Teams. For another receiver use the "
                    + "kind "
                    + $"webhook.");
        return WorkflowPath().IsMatch(path) && url.ToRequestUri()!.Query.Contains("sig=", StringComparison.Ordinal) ? null : new Refusal(
            "It is not a complete workflow URL: these have /workflows/…/triggers/… in the path and end with a signature (sig=…). Copy it "
                + "again.");
    }

    private static bool IsOneOf(string[] hosts, WebUrl url) => hosts.Any(host =>
        host[0] == '.' ? url.Host?.EndsWith(host, StringComparison.Ordinal) == true : url.Host == host);

    [GeneratedRegex("^/webhook(b2)?/[^/]+/IncomingWebhook/[^/]+/[^/]+", RegexOptions.NonBacktracking)]
    private static partial Regex WebhookPath();

    [GeneratedRegex("/workflows/[^/]+/triggers/[^/]+/", RegexOptions.NonBacktracking)]
    private static partial Regex WorkflowPath();
}
