using LinkMonitor.Alerts.Planning;
using LinkMonitor.Failures;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Rows;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Alerts.Sending;

/// <summary>
/// Sends an open alert to every channel that has not got it and whose time has come, side by side where they leave by different ways, and
/// stores each answer as it comes. A crash between a sending and its record is the only way to a duplicate, which then carries the same
/// ids.
/// </summary>
internal sealed partial class AlertDelivery(
    IAlertStore alerts,
    ILinkStore links,
    AlertFactsReader factsReader,
    WithheldCopies kept,
    ISetAside aside,
    AlertCopyWriter messages,
    DeliveryAttempt attempt,
    IOptions<AlertOptions> options,
    TimeProvider time,
    ILogger<AlertDelivery> logger)
{
    /// <returns>When something that still waits is to be tried; null when nothing waits, or another worker has the alert.</returns>
    public async Task<DateTimeOffset?> DeliverAsync(DeliveryRun run, Alert alert, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (AlertTimes.Mend(alert, options.Value, now) is var mended && !ReferenceEquals(mended, alert))
        {
            await aside.NoteFutureAsync($"alert {alert.Id}", cancellationToken);
            alert = mended;
        }

        if (alert.LeasedUntil > now)
            return alert.LeasedUntil;
        if (alert.NextAttemptAt is { } next && next > now)
            return next;
        if (run.Budget.IsSpent)
            return now;

        // Before the lease: an alert whose changes are not known is left as it is.
        var changes = await factsReader.ReadChangesAsync(alert, cancellationToken);
        if (await alerts.TrySaveAsync(alert with { LeasedUntil = now + options.Value.Lease }, cancellationToken) is not { } leased)
            return null;

        using var open = new OpenAlert(alerts, kept.Resolve(run, leased, changes.Items), time);
        await SendDueAsync(run, open, messages.For(run, leased, changes.Items, cancellationToken), cancellationToken);
        if (await open.EndAsync(cancellationToken) is not { } sent)
        {
            Log.Taken(logger, alert.Id);
            return null;
        }

        if (sent.NextAttemptAt is { } later)
            return later;

        // Only now: as long as the alert is open, what it reports leaves the outbox.
        if (changes.SetAside.Count > 0)
            await links.ReturnToOutboxAsync(alert.ProjectId, changes.SetAside, cancellationToken);
        var copies = sent.Deliveries.Count(delivery => delivery.State == DeliveryState.Sent);
        if (await alerts.CloseAsync(sent with { ClosedAt = time.GetUtcNow() }, cancellationToken))
            Log.Closed(logger, sent.ProjectId, copies, sent.Deliveries.Count, sent.Subject);
        return null;
    }

    private async Task SendDueAsync(DeliveryRun run, OpenAlert open, AlertCopies copies, CancellationToken cancellationToken)
    {
        var lanes = DueOf(open.Current).GroupBy(index => run.LaneOf(open.Current.Deliveries[index], index)).ToList();
        await Task.WhenAll(lanes.Select(lane => SendLaneAsync(run, open, copies, [.. lane], cancellationToken)));
    }

    private async Task SendLaneAsync(
        DeliveryRun run, OpenAlert open, AlertCopies copies, IReadOnlyList<int> indexes, CancellationToken cancellationToken)
    {
        foreach (var index in indexes)
        {
            if (run.Budget.IsSpent || open.IsLost)
                return;
            var tried = await attempt.TryAsync(run, open.Current, open.Current.Deliveries[index], copies, cancellationToken);
            await open.RecordAsync(index, tried, copies.Subject, options.Value.Lease, cancellationToken);
        }
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
        [LoggerMessage(Level = LogLevel.Information, Message = "Project {ProjectId}: {Sent} of {Copies} copies sent: {Subject}")]
        public static partial void Closed(ILogger logger, ProjectId projectId, int sent, int copies, string subject);

        [LoggerMessage(Level = LogLevel.Debug, Message = "Alert {AlertId} was taken over by another worker.")]
        public static partial void Taken(ILogger logger, string alertId);
    }
}

/// <summary>
/// An alert that one worker sends: answers come in from several lanes and are stored one after the other, each over the last.
/// </summary>
internal sealed class OpenAlert(IAlertStore alerts, Alert leased, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>As it was stored last.</summary>
    public Alert Current { get; private set; } = leased;

    /// <summary>Another worker has written it: what is sent from now on could be sent twice.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Stores the outcome of one delivery.</summary>
    /// <param name="subject">
    /// What was sent bears it, so that the list of alerts and the mails have one; null when nothing was sent whole.
    /// </param>
    public Task RecordAsync(int index, Delivery tried, string? subject, TimeSpan lease, CancellationToken cancellationToken) => SaveAsync(
        current => current with
        {
            Subject = subject ?? current.Subject,
            Deliveries = [.. current.Deliveries.Select((old, at) => at == index ? tried : old)],
            LeasedUntil = time.GetUtcNow() + lease,
        },
        cancellationToken);

    /// <summary>Gives the lease back; null when another worker has the alert.</summary>
    public async Task<Alert?> EndAsync(CancellationToken cancellationToken)
    {
        await SaveAsync(current => current with { LeasedUntil = time.GetUtcNow() }, cancellationToken);
        return IsLost ? null : Current;
    }

    public void Dispose() => _turn.Dispose();

    private async Task SaveAsync(Func<Alert, Alert> change, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (IsLost)
                return;
            if (await alerts.TrySaveAsync(change(Current), cancellationToken) is { } saved)
                Current = saved;
            else
                IsLost = true;
        }
        finally
        {
            _turn.Release();
        }
    }
}
