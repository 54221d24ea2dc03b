using LinkMonitor.Alerts.Composing;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Alerts.Telling;

/// <summary>Writes one channel's copy of an alert.</summary>
internal sealed class AlertMessages(AlertMatters matters, PublicAddresses addresses, TimeProvider time)
{
    private const string OperatorName = "LinkMonitor";

    /// <param name="changes">All that the alert tells.</param>
    /// <returns>Null when what it was about no longer exists.</returns>
    public async Task<AlertMessage?> WriteAsync(
        Project? project, Alert alert, Delivery delivery, Channel? channel, IReadOnlyList<LinkChange> changes, CancellationToken cancellationToken)
    {
        var part = PartOf(changes, delivery);
        if (await matters.BuildAsync(project, alert, channel, part, cancellationToken) is not { } matter)
            return null;

        var publicLinks = await addresses.GetAsync(cancellationToken);
        var secrets = channel?.SigningSecrets(time.GetUtcNow()) ?? [];
        var unsubscribe = channel is { Kind: ChannelKind.Email } && project is not null ? publicLinks.Unsubscribe(project.Id, channel.Id) : null;
        var mail = AlertComposer.Compose(matter, publicLinks).For(unsubscribe);
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
            Changes = part,
            Part = delivery.Part,
            Parts = delivery.Parts,
            Summary = mail.Summary,
            UnsubscribeUrl = unsubscribe,
            Subject = mail.Subject,
            Text = mail.Text,
            Html = mail.Html,
        };
    }

    // The same changes come in the same part at every attempt: their number and order never change.
    private static IReadOnlyList<LinkChange> PartOf(IReadOnlyList<LinkChange> changes, Delivery delivery)
    {
        if (delivery.Parts == 1)
            return changes;
        var size = (changes.Count + delivery.Parts - 1) / delivery.Parts;
        return [.. changes.Skip((delivery.Part - 1) * size).Take(size)];
    }
}
