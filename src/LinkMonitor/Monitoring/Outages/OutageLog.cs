using LinkMonitor.Alerts.Sending;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Outages;
using LinkMonitor.Storage.Rows;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Monitoring.Outages;

/// <summary>Keeps what we know of an outage where every worker and the operator can see it.</summary>
internal sealed class OutageLog(IOutageStore outages, OperatorNotices notices, IOptions<OutageOptions> options, TimeProvider time)
{
    /// <summary>A worker that meets hundreds of failures a minute writes once in this time.</summary>
    internal static readonly TimeSpan WriteEvery = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private DateTimeOffset? _writtenAt;
    private int _unwritten;

    /// <summary>Notes one check that was not judged, and tells the operator, once for each outage.</summary>
    public async Task NoteAsync(OutageFault fault, CancellationToken cancellationToken)
    {
        if (TakeUnwritten() is not { } checks)
            return;
        try
        {
            await WriteAsync(fault, checks, cancellationToken);
        }
        catch (UnreadableRowException)
        {
            // The row is listed under failures; the check goes on, and is not judged all the same.
        }
    }

    private async Task WriteAsync(OutageFault fault, int checks, CancellationToken cancellationToken)
    {
        var outage = await outages.NoteAsync(
            new OutageNote(fault.Kind, checks, time.GetUtcNow()), options.Value.QuietAfter, cancellationToken);

        // Reported under the outage's own name every time: whoever died in between leaves it to the next, and twice is once.
        await notices.TellAsync([outage.Id], ContentOf(outage), "Our own network failed; checks are not judged", cancellationToken);
    }

    private AlertContent ContentOf(Outage outage) => new()
    {
        Notice = NoticeNames.NetworkFailed,
        From = outage.Since,
        Count = (int)Math.Min(outage.Checks, int.MaxValue),
        Controls = outage.Kind == OutageKind.ControlsFail ? [.. options.Value.Controls.Select(control => control.Href)] : [],
    };

    private int? TakeUnwritten()
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            _unwritten++;
            if (StoredTime.IsWithin(_writtenAt, WriteEvery, now))
                return null;
            (var checks, _unwritten, _writtenAt) = (_unwritten, 0, now);
            return checks;
        }
    }
}
