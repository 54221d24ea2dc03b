using LinkMonitor.Alerts.Telling;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Watching;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Watchdog;

/// <summary>Tells the operator when nothing of what is due is checked any more: once, until it is.</summary>
internal sealed class StallWatch(
    Watch watch, IWatchdogStore store, OperatorNotices notices, IOptions<WatchdogOptions> options, TimeProvider time)
{
    /// <summary>A failure of the storage goes on: the next run looks again.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var backlog = await watch.LookAsync(cancellationToken);
        var known = await store.GetStallAsync(cancellationToken);
        var open = known is { EndedAt: null } ? known : null;
        var age = backlog.AgeOf(backlog.ChecksWaitSince) ?? TimeSpan.Zero;
        if (age > options.Value.StalledAfter)
            await TellAsync(open, known?.ETag, backlog.ChecksWaitSince!.Value, cancellationToken);

        // Half-way down again, so that an age near the limit is one stall and not many.
        else if (open is not null && age < options.Value.StalledAfter / 2)
            await store.TrySaveAsync(open with { EndedAt = time.GetUtcNow() }, cancellationToken);
    }

    private async Task TellAsync(Stall? open, string? version, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (open is null)
        {
            open = Stall.Begin(since, time.GetUtcNow()) with { ETag = version };

            // Another copy of us noticed it at the same time, and its name counts.
            if (!await store.TrySaveAsync(open, cancellationToken))
                return;
        }

        // Told under the stall's own name every time: whoever died in between leaves it to the next, and twice is once.
        var content = new AlertContent { Notice = NoticeNames.ScheduleStalled, From = open.Since };
        await notices.TellAsync([open.Id], content, "Nothing is checked any more", cancellationToken);
    }
}
