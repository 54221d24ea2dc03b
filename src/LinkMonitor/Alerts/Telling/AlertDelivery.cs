using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Links;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Alerts.Telling;

/// <summary>
/// Sends an open alert to every channel that has not got it and whose time has come, and stores each answer before the next message goes out.
/// A crash between a sending and its record is the only way to a duplicate, which then carries the same ids.
/// </summary>
internal sealed partial class AlertDelivery(
    IAlertStore alerts, AlertMatters matters, DeliveryAttempt attempt, IOptions<TellingOptions> options, TimeProvider time, ILogger<AlertDelivery> logger)
{
    /// <returns>When something that still waits is to be tried; null when nothing waits, or another worker has the alert.</returns>
    public async Task<DateTimeOffset?> DeliverAsync(DeliveryRun run, Alert alert, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (alert.LeasedUntil > now)
            return alert.LeasedUntil;
        if (alert.NextAttemptAt is { } next && next > now)
            return next;
        if (await alerts.TrySaveAsync(alert with { LeasedUntil = now + options.Value.Lease }, cancellationToken) is not { } leased)
            return null;

        var changes = await matters.ReadChangesAsync(leased, cancellationToken);
        if (await SendDueAsync(run, leased, changes, cancellationToken) is not { } sent)
            return null;
        if (sent.NextAttemptAt is { } later)
            return later;
        if (await alerts.CloseAsync(sent with { ClosedAt = time.GetUtcNow() }, cancellationToken))
            Log.Closed(logger, sent.Id, sent.ProjectId, sent.ChangeCount);
        return null;
    }

    private async Task<Alert?> SendDueAsync(DeliveryRun run, Alert alert, IReadOnlyList<LinkChange> changes, CancellationToken cancellationToken)
    {
        var due = DueOf(alert);
        for (var position = 0; position < due.Count; position++)
        {
            var index = due[position];
            var tried = await attempt.TryAsync(run, alert, alert.Deliveries[index], changes, cancellationToken);
            var now = time.GetUtcNow();
            var isLast = position == due.Count - 1;
            var told = alert with
            {
                Deliveries = [.. alert.Deliveries.Select((old, at) => at == index ? tried : old)],
                LeasedUntil = isLast ? now : now + options.Value.Lease,
            };
            if (await alerts.TrySaveAsync(told, cancellationToken) is not { } saved)
            {
                Log.Taken(logger, alert.Id);
                return null;
            }

            alert = saved;
        }

        return alert;
    }

    // What was never tried comes first, so that what hangs holds up nobody else; mails before the rest.
    private List<int> DueOf(Alert alert)
    {
        var now = time.GetUtcNow();
        return
        [
            .. Enumerable.Range(0, alert.Deliveries.Count)
                .Where(index => alert.Deliveries[index].State == DeliveryState.Waiting && !(alert.Deliveries[index].NextAttemptAt > now))
                .OrderBy(index => alert.Deliveries[index].Attempts)
                .ThenBy(index => alert.Deliveries[index].Channel == ChannelKind.Email ? 0 : 1)
                .ThenBy(index => index),
        ];
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Alert {AlertId} of {ProjectId} told {Changes} changes.")]
        public static partial void Closed(ILogger logger, string alertId, LinkMonitor.Storage.Projects.ProjectId projectId, int changes);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Alert {AlertId} was taken over by another worker.")]
        public static partial void Taken(ILogger logger, string alertId);
    }
}
