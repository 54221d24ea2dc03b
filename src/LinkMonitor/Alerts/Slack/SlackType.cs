using System.Text.RegularExpressions;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Storage.Channels;

namespace LinkMonitor.Alerts.Slack;

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
