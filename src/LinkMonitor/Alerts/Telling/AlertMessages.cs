using LinkMonitor.Alerts.Composing;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Alerts.Telling;

/// <summary>Writes one channel's copy of an alert.</summary>
internal sealed class AlertMessages(AlertMatters matters, PublicAddresses addresses, TimeProvider time)
{
    private const string OperatorName = "LinkMonitor";

    /// <summary>The words of an alert, to be written when the first copy is wanted.</summary>
    /// <param name="changes">All that the alert reports.</param>
    /// <param name="cancellationToken">Of the run that all copies belong to.</param>
    public AlertCopies For(DeliveryRun run, Alert alert, IReadOnlyList<LinkChange> changes, CancellationToken cancellationToken) => new(
        run.Project, alert, changes, (one, channel, part) => ComposeAsync(run, one, channel, part, cancellationToken));

    /// <returns>Null when what it was about no longer exists.</returns>
    public async Task<AlertMessage?> WriteAsync(AlertCopies copies, Delivery delivery, Channel? channel, CancellationToken cancellationToken)
    {
        if (await copies.ComposeAsync(delivery, channel).WaitAsync(cancellationToken) is not { } composed)
            return null;

        var (alert, project) = (copies.Alert, copies.Project);
        var publicLinks = await addresses.GetAsync(project, cancellationToken);
        var secrets = channel?.SigningSecrets(time.GetUtcNow()) ?? [];
        var unsubscribe = channel is { Kind: ChannelKind.Email } && project is not null ? publicLinks.Unsubscribe(project.Id, channel.Id) : null;
        var mail = composed.For(unsubscribe);
        return new AlertMessage
        {
            AlertId = alert.Id,
            CreatedAt = alert.CreatedAt,
            EventIds = alert.Content?.Reminders is { } reminders ? [.. reminders.Select(one => one.EventId)] : mail.EventIds,
            Recipient = channel?.Address ?? delivery.Recipient,
            Secret = secrets is [var secret, ..] ? secret : null,
            FormerSecret = secrets is [_, var former] ? former : null,
            Kind = alert.Kind,
            ProjectId = project?.Id.Value,
            ProjectName = project?.Name ?? OperatorName,
            SenderName = project?.SenderName,
            Changes = copies.PartOf(delivery),
            Part = delivery.Part,
            Parts = delivery.Parts,
            Summary = mail.Summary,
            UnsubscribeUrl = unsubscribe,
            Links = publicLinks,
            Language = mail.Language,
            Subject = mail.Subject,
            Text = mail.Text,
            Html = mail.Html,
        };
    }

    private async Task<AlertMail?> ComposeAsync(
        DeliveryRun run, Alert alert, Channel? channel, IReadOnlyList<LinkChange> part, CancellationToken cancellationToken) =>
        await matters.BuildAsync(run, alert, channel, part, cancellationToken) is { } matter
            ? AlertComposer.Compose(matter, await addresses.GetAsync(run.Project, cancellationToken))
            : null;
}
