using LinkMonitor.Storage.Alerts;

namespace LinkMonitor.Alerts.Telling;

/// <summary>An alert that one worker sends: answers come in from several lanes and are stored one after the other, each over the last.</summary>
internal sealed class OpenAlert(IAlertStore alerts, Alert leased, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>As it was stored last.</summary>
    public Alert Current { get; private set; } = leased;

    /// <summary>Another worker has written it: what is sent from now on could be sent twice.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Stores the outcome of one delivery.</summary>
    /// <param name="subject">What was sent bears it, so that the list of alerts and the mails have one; null when nothing was sent whole.</param>
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
