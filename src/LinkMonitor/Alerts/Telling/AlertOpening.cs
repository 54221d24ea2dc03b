using LinkMonitor.Alerts.Composing;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Alerts.Telling;

/// <summary>Makes an alert of what waits in a project's outbox.</summary>
public sealed class AlertOpening(
    ILinkStore links,
    IAlertStore alerts,
    IAlertChannel channel,
    IOptions<TellingOptions> options,
    TimeProvider time)
{
    /// <summary>More changes than this become several alerts: an alert's row must not outgrow a table entity.</summary>
    internal const int MaxChanges = 500;

    /// <summary>Stores a new open alert. Null when the outbox is empty, or when another worker opened one first.</summary>
    public async Task<Alert?> OpenAsync(Project project, CancellationToken cancellationToken)
    {
        var waiting = await links.ReadOutboxAsync(project.Id, cancellationToken).Take(MaxChanges).ToListAsync(cancellationToken);
        if (waiting.Count == 0)
            return null;

        var now = time.GetUtcNow();
        var id = AlertIds.For(project.Id, waiting[0].Change.Id);
        var mail = AlertComposer.Compose(OutboxMatter.Of(id, project, [.. waiting.Select(entry => entry.Change)]), PublicLinks.None);
        return await alerts.TryOpenAsync(
            new Alert
            {
                Id = id,
                ProjectId = project.Id,
                CreatedAt = now,
                Subject = mail.Subject,
                OutboxKeys = [.. waiting.Select(entry => entry.Key)],
                Deliveries = [.. project.Recipients.Select(address => new Delivery { Channel = channel.Kind, Recipient = address })],
                LeasedUntil = now + options.Value.Lease,
            },
            cancellationToken);
    }
}
