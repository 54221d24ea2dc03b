using LinkMonitor.Storage.Outages;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Monitoring.Outages;

/// <summary>Keeps what we know of an outage where every worker and the operator can see it.</summary>
public sealed class OutageLog(IOutageStore outages, IOptions<OutageOptions> options, TimeProvider time)
{
    /// <summary>A worker that meets hundreds of failures a minute writes once in this time.</summary>
    internal static readonly TimeSpan WriteEvery = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private DateTimeOffset? _writtenAt;
    private int _unwritten;

    /// <summary>Notes one check that was not judged.</summary>
    public async Task NoteAsync(OutageFault fault, CancellationToken cancellationToken)
    {
        if (TakeUnwritten() is not { } checks)
            return;
        await outages.NoteAsync(new OutageNote(fault.Kind, checks, time.GetUtcNow()), options.Value.QuietAfter, cancellationToken);
    }

    private int? TakeUnwritten()
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            _unwritten++;
            if (now - _writtenAt < WriteEvery)
                return null;
            (var checks, _unwritten, _writtenAt) = (_unwritten, 0, now);
            return checks;
        }
    }
}
