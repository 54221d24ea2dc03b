using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using LinkMonitor.Alerts.Posting;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Urls;
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
            ? answer.Retry(", but reported an error in Teams")
            : answer.Usual();
}

/// <summary>
/// A message with one Adaptive Card (https://adaptivecards.io/explorer/). Words from the web stand in text runs, which know no markdown.
/// </summary>
internal sealed record TeamsMessage(string Type, IReadOnlyList<TeamsAttachment> Attachments)
{
    /// <summary>28 kB for the whole message: https://learn.microsoft.com/microsoftteams/limits-specifications-teams.</summary>
    public const int MaxBytes = 28 * 1_024;

    private const int MaxText = 1_000;

    /// <summary>The JSON, with as many lines as the size allows; what is left out is counted.</summary>
    public static byte[] Write(ChatSummary summary)
    {
        for (var lines = summary.Lines.Count; ; lines--)
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(Of(summary, lines), TeamsJson.Default.TeamsMessage);
            if (json.Length <= MaxBytes || lines == 0)
                return json;
        }
    }

    private static TeamsMessage Of(ChatSummary summary, int lines)
    {
        List<CardElement> body = [Text(summary.Headline, null, summary.Words, isHeadline: true)];
        if (summary.Cause is { } cause)
            body.Add(Text(cause, null, summary.Words));
        body.AddRange(summary.Lines.Take(lines).Select(line => Text(line.Text, line.Details, summary.Words)));
        if (lines < summary.Lines.Count)
            body.Add(Text(summary.Words.LeftOut(summary.Lines.Count - lines), null, summary.Words));
        if (summary.MoreText is { } more)
            body.Add(Text(more, null, summary.Words));
        CardAction[] actions = summary.Details is { } all ? [new CardAction("Action.OpenUrl", summary.Words.Whole, all)] : [];
        return new TeamsMessage(
            "message", [new TeamsAttachment("application/vnd.microsoft.card.adaptive", new AdaptiveCard(body, actions))]);
    }

    private static CardElement Text(string text, Uri? details, SummaryWords words, bool isHeadline = false)
    {
        var run = new CardRun("TextRun", ChatSummary.Cut(text, MaxText))
        {
            Weight = isHeadline ? "Bolder" : null,
            Size = isHeadline ? "Medium" : null,
        };
        CardRun[] runs = details is null
            ? [run]
            : [
                run,
                new CardRun("TextRun", $"\n{words.Evidence}") { SelectAction = new CardAction("Action.OpenUrl", words.Evidence, details) },
            ];
        return new CardElement("RichTextBlock", runs);
    }
}

internal sealed record TeamsAttachment(string ContentType, AdaptiveCard Content);

internal sealed record AdaptiveCard(IReadOnlyList<CardElement> Body, IReadOnlyList<CardAction> Actions)
{
    [JsonPropertyName("$schema")]
    public string Schema { get; } = "http://adaptivecards.io/schemas/adaptive-card.json";

    public string Type { get; } = "AdaptiveCard";

    public string Version { get; } = "1.4";
}

internal sealed record CardElement(string Type, IReadOnlyList<CardRun> Inlines);

internal sealed record CardRun(string Type, string Text)
{
    public string? Weight { get; init; }

    public string? Size { get; init; }

    public CardAction? SelectAction { get; init; }
}

internal sealed record CardAction(string Type, string Title, Uri Url);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TeamsMessage))]
internal sealed partial class TeamsJson : JsonSerializerContext;

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
