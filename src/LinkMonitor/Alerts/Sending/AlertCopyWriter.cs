using System.Collections.Concurrent;
using LinkMonitor.Alerts.Composing;
using LinkMonitor.Alerts.Letters;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Alerts.Sending;

/// <summary>Writes one channel's copy of an alert.</summary>
internal sealed class AlertCopyWriter(AlertFactsReader factsReader, PublicAddresses addresses, TimeProvider time)
{
    private const string OperatorName = "LinkMonitor";

    /// <summary>The words of an alert, to be written when the first copy is wanted.</summary>
    /// <param name="changes">All that the alert reports.</param>
    /// <param name="cancellationToken">Of the run that all copies belong to.</param>
    public AlertCopies For(DeliveryRun run, Alert alert, IReadOnlyList<LinkChange> changes, CancellationToken cancellationToken) => new(
        run.Project, alert, changes, (one, channel, part) => ComposeAsync(run, one, channel, part, cancellationToken));

    /// <returns>Null when what it was about no longer exists.</returns>
    public async Task<AlertMessage?> WriteAsync(
        AlertCopies copies, Delivery delivery, Channel? channel, CancellationToken cancellationToken)
    {
        if (await copies.ComposeAsync(delivery, channel).WaitAsync(cancellationToken) is not { } composed)
            return null;

        var (alert, project) = (copies.Alert, copies.Project);
        var publicLinks = await addresses.GetAsync(project, cancellationToken);
        var secrets = channel?.SigningSecrets(time.GetUtcNow()) ?? [];
        var unsubscribe = channel is { Kind: ChannelKind.Email } && project is not null
            ? publicLinks.Unsubscribe(project.Id, channel.Id)
            : null;
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
        await factsReader.BuildAsync(run, alert, channel, part, cancellationToken) is { } facts
            ? AlertComposer.Compose(facts, await addresses.GetAsync(run.Project, cancellationToken))
            : null;
}

/// <summary>
/// The words of one alert, written once for all who get it: recipients differ only in their address and how to unsubscribe.
/// </summary>
internal sealed class AlertCopies(
    Project? project,
    Alert alert,
    IReadOnlyList<LinkChange> changes,
    Func<Alert, Channel?, IReadOnlyList<LinkChange>, Task<AlertMail?>> compose)
{
    // By part, and for a digest by channel, which is the only one it has.
    private readonly ConcurrentDictionary<(int Part, int Parts, string? Channel), Lazy<Task<AlertMail?>>> _mails = new();

    public Project? Project => project;

    public Alert Alert => alert;

    /// <summary>
    /// The subject of what is sent whole; null when nothing was yet. What a digest has to say, for one, is known only then.
    /// </summary>
    public string? Subject { get; private set; }

    /// <returns>Null when what it was about no longer exists.</returns>
    public async Task<AlertMail?> ComposeAsync(Delivery delivery, Channel? channel)
    {
        var digest = alert.Kind == AlertKind.Digest ? channel?.Id.Value : null;
        var mail = await _mails.GetOrAdd(
            (delivery.Part, delivery.Parts, digest),
            _ => new Lazy<Task<AlertMail?>>(() => compose(alert, channel, PartOf(delivery)))).Value;
        if (delivery.Parts == 1 && mail is not null)
            Subject = mail.Subject;
        return mail;
    }

    /// <summary>
    /// The changes that a delivery reports. The same come in the same part at every attempt: their number and order never change.
    /// </summary>
    public IReadOnlyList<LinkChange> PartOf(Delivery delivery)
    {
        if (delivery.Parts == 1)
            return changes;
        var size = (changes.Count + delivery.Parts - 1) / delivery.Parts;
        return [.. changes.Skip((delivery.Part - 1) * size).Take(size)];
    }
}
