using LinkMonitor.Alerts.Composing;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Alerts.Telling;

/// <summary>Sends an open alert to everybody who has not got it, and stores each answer before the next message goes out.</summary>
public sealed partial class AlertDelivery(
    ILinkStore links,
    IAlertStore alerts,
    IAlertChannel channel,
    IOptions<TellingOptions> options,
    TimeProvider time,
    ILogger<AlertDelivery> logger)
{
    /// <returns>Null when another worker took the alert over.</returns>
    public async Task<DeliveryRound?> DeliverAsync(Project project, Alert alert, CancellationToken cancellationToken)
    {
        if (!alert.Deliveries.Any(IsWaiting))
            return new DeliveryRound(alert, null);

        var changes = await ReadChangesAsync(alert, cancellationToken);
        var mail = AlertComposer.Compose(OutboxMatter.Of(alert.Id, project, changes), PublicLinks.None);
        DateTimeOffset? next = null;
        for (var index = 0; index < alert.Deliveries.Count; index++)
        {
            if (!IsWaiting(alert.Deliveries[index]))
                continue;
            var message = MessageOf(project, alert, alert.Deliveries[index].Recipient, mail, changes);
            var (attempted, retryAt) = await AttemptAsync(alert, alert.Deliveries[index], message, cancellationToken);
            next = Earlier(next, retryAt);
            if (await alerts.TrySaveAsync(Replace(alert, index, attempted), cancellationToken) is not { } saved)
                return null;
            alert = saved;
        }

        return new DeliveryRound(alert, next);
    }

    private async Task<IReadOnlyList<LinkChange>> ReadChangesAsync(Alert alert, CancellationToken cancellationToken)
    {
        var keys = alert.OutboxKeys.ToHashSet(StringComparer.Ordinal);
        return await links.ReadOutboxAsync(alert.ProjectId, cancellationToken)
            .TakeWhile(entry => string.CompareOrdinal(entry.Key, alert.OutboxKeys[^1]) <= 0)
            .Where(entry => keys.Contains(entry.Key))
            .Select(entry => entry.Change)
            .ToListAsync(cancellationToken);
    }

    private async Task<(Delivery Attempted, DateTimeOffset? RetryAt)> AttemptAsync(
        Alert alert, Delivery waiting, AlertMessage message, CancellationToken cancellationToken)
    {
        var result = await channel.SendAsync(message, cancellationToken);
        var now = time.GetUtcNow();
        var tried = waiting with { Attempts = waiting.Attempts + 1, LastAttemptAt = now };
        switch (result)
        {
            case DeliveryResult.Accepted accepted:
                return (tried with { State = DeliveryState.Sent, Receipt = accepted.Receipt, Error = null }, null);
            case DeliveryResult.Refused refused:
                Log.Refused(logger, alert.Id, channel.Kind, refused.Reason);
                return (tried with { State = DeliveryState.Failed, Error = refused.Reason }, null);
            case DeliveryResult.Unusable unusable:
                Log.Refused(logger, alert.Id, channel.Kind, unusable.Reason);
                return (tried with { State = DeliveryState.Failed, Error = unusable.Reason }, null);
            case DeliveryResult.Retry retry when now - alert.CreatedAt >= options.Value.GiveUpAfter:
                Log.GivenUp(logger, alert.Id, channel.Kind, tried.Attempts, retry.Reason);
                return (tried with { State = DeliveryState.Failed, Error = $"Given up after {tried.Attempts} attempts: {retry.Reason}" }, null);
            case DeliveryResult.Retry retry:
                Log.WillRetry(logger, alert.Id, channel.Kind, tried.Attempts, retry.Reason);
                return (tried with { Error = retry.Reason }, now + Pause(retry, tried.Attempts));
            default:
                throw new InvalidOperationException($"Channel {channel.Kind} gave an unknown result, {result.GetType().Name}.");
        }
    }

    private TimeSpan Pause(DeliveryResult.Retry retry, int attempts)
    {
        var doubled = options.Value.RetryDelay * Math.Pow(2, Math.Min(attempts - 1, 30));
        var pause = doubled < options.Value.MaxRetryDelay ? doubled : options.Value.MaxRetryDelay;
        return retry.RetryAfter is { } asked && asked > pause ? asked : pause;
    }

    private static AlertMessage MessageOf(
        Project project, Alert alert, string recipient, AlertMail mail, IReadOnlyList<LinkChange> changes) => new()
        {
            AlertId = alert.Id,
            CreatedAt = alert.CreatedAt,
            EventIds = [.. changes.Select(change => change.Id)],
            Recipient = recipient,
            Subject = mail.Subject,
            Text = mail.Text,
            Html = mail.Html,
            ProjectName = project.Name,
            ProjectId = project.Id.Value,
            Changes = changes,
            Summary = mail.Summary,
        };

    private static Alert Replace(Alert alert, int index, Delivery delivery) =>
        alert with { Deliveries = [.. alert.Deliveries.Select((old, at) => at == index ? delivery : old)] };

    private static bool IsWaiting(Delivery delivery) => delivery.State == DeliveryState.Waiting;

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other < one ? other ?? one : one;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Alert {AlertId}: {Channel} refused it for good: {Reason}")]
        public static partial void Refused(ILogger logger, string alertId, string channel, string reason);

        [LoggerMessage(Level = LogLevel.Error, Message = "Alert {AlertId}: {Channel} given up after {Attempts} attempts: {Reason}")]
        public static partial void GivenUp(ILogger logger, string alertId, string channel, int attempts, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Alert {AlertId}: {Channel} attempt {Attempts} failed, will try again: {Reason}")]
        public static partial void WillRetry(ILogger logger, string alertId, string channel, int attempts, string reason);
    }
}
