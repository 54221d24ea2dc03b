using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Alerts.Webhook;

/// <summary>Makes the body of a message.</summary>
internal static class WebhookBody
{
    /// <summary>Texts from the web are cut to so many characters; the API has them in full.</summary>
    private const int MaxText = 200;

    /// <summary>The text of what is not about changes.</summary>
    private const int MaxLetter = 10_000;

    private const int MaxRel = 10;

    public static WebhookEvent Of(AlertMessage message)
    {
        ProjectId? project = message.ProjectId is { } id ? new ProjectId(id) : null;
        return new WebhookEvent(TypeOf(message.Kind), message.CreatedAt, new WebhookData
        {
            AlertId = message.AlertId,
            Project = project is null ? null : new WebhookProject(project.Value.Value, message.ProjectName),
            Part = message.Part,
            Parts = message.Parts,
            Subject = message.Subject,
            Text = message.Changes.Count == 0 ? Cut(message.Text, MaxLetter) : null,
            Changes = [.. message.Changes.Select(change => Change(change, message.Links))],
            Url = project is { } known && message.Kind != AlertKind.Test ? message.Links.Alert(known, message.AlertId) : null,
        });
    }

    /// <summary>The <c>type</c> of a message.</summary>
    public static string TypeOf(AlertKind kind) => kind switch
    {
        AlertKind.Incident => "links.changed",
        AlertKind.Unstable => "link.unstable",
        AlertKind.Settled => "link.settled",
        AlertKind.Digest => "digest",
        AlertKind.Terms => "terms.due",
        AlertKind.Cases => "cases.due",
        AlertKind.Notice => "notice",
        AlertKind.Test => "test",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Every kind of alert has a type."),
    };

    private static WebhookChange Change(LinkChange change, PublicLinks links) => new()
    {
        Id = change.Id,
        LinkId = change.LinkId.Value,
        Page = change.Page.Href,
        Target = change.Target.Href,
        From = change.Transition.From,
        To = change.Transition.To,
        Since = change.Transition.Since,
        At = change.Transition.At,
        Reasons = [.. change.Transition.ReasonsAfter.Select(Reason)],
        Before = change.Transition.Before is { } before ? Seen(before) : null,
        After = Seen(change.Transition.After),
        Api = $"/api/v1/projects/{change.ProjectId}/links/{change.LinkId}",
        Url = links.Link(change.ProjectId, change.LinkId),
    };

    private static WebhookReason Reason(Reason reason) =>
        new(reason.Code, Cut(reason.Message, MaxText)!, Cut(reason.Expected, MaxText), Cut(reason.Found, MaxText));

    private static WebhookEvidence Seen(Evidence evidence) => new()
    {
        CheckedAt = evidence.CheckedAt,
        Observation = evidence.Observation,
        Status = evidence.Status,
        // A cut URL is another URL.
        FinalUrl = evidence.FinalUrl is { Length: <= StoredText.MaxUrlLength } url ? url : null,
        Rel = evidence.Rel is { } rel ? [.. rel.Take(MaxRel).Select(token => Cut(token, MaxText)!)] : null,
        Follow = evidence.Follow,
        Anchor = Cut(evidence.Anchor, MaxText),
        Placement = evidence.Placement,
    };

    private static string? Cut(string? text, int length)
    {
        if (text is null || text.Length <= length)
            return text;
        var end = char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1;
        return text[..end] + "…";
    }
}
