using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Storage.Outages;
using LinkMonitor.Telemetry;

namespace LinkMonitor.Monitoring.Outages;

/// <summary>
/// Takes the blame where it is ours: when our network fails, what a check saw says nothing of the page, and nothing is judged. Asked about every look.
/// </summary>
internal sealed partial class OutageGuard(
    ControlProbe controls, FailureShare share, OutageLog log, ProductMeter meter, ILogger<OutageGuard> logger)
{
    /// <summary>The look as it is, or one that says that the fault is ours.</summary>
    /// <param name="couldBeReached">Whether the page could be reached at its last check; asked only when it cannot be now.</param>
    public async Task<PageLook> ReviewAsync(
        PageLook look, Func<CancellationToken, Task<bool>> couldBeReached, CancellationToken cancellationToken)
    {
        var found = await FaultAsync(look.Seen, couldBeReached, cancellationToken);
        meter.Checked(found is null ? look.Seen.Kind : ObservationKind.OurFault);
        if (found is not { } fault)
            return look;
        await log.NoteAsync(fault, cancellationToken);
        Log.OurFault(logger, look.Seen.Page.Host ?? string.Empty, fault.Kind);
        var ours = Observation.OurFault(look.Seen.Page, look.Seen.CheckedAt, fault.Sentence);
        return new PageLook(ours, ours);
    }

    /// <summary>Notes that a page's site answered.</summary>
    /// <returns>False while our network is known to fail: then the answer may be anybody's, and the page must be looked at to say more.</returns>
    public bool NoteAnswer(WebUrl page)
    {
        ArgumentNullException.ThrowIfNull(page);
        if (controls.IsKnownDown)
            return false;
        share.Note(page.Host ?? string.Empty, isFailing: false);
        return true;
    }

    private async Task<OutageFault?> FaultAsync(
        Observation seen, Func<CancellationToken, Task<bool>> couldBeReached, CancellationToken cancellationToken)
    {
        if (seen.Kind == ObservationKind.OurFault)
            return new OutageFault(OutageKind.NoRoute, seen.Detail);
        if (controls.IsKnownDown)
            return Controls();
        if (seen.Kind != ObservationKind.Unreachable)
        {
            // Whatever it answered, the way there is well.
            share.Note(seen.Page.Host ?? string.Empty, isFailing: false);
            return null;
        }

        if (await controls.IsDownAsync(cancellationToken))
            return Controls();
        return share.Note(seen.Page.Host ?? string.Empty, isFailing: await couldBeReached(cancellationToken))
            ? new OutageFault(OutageKind.MostFail, "Most of the sites that could be reached before could not be reached in this round, so the fault is likely our own network's; nothing is judged, and we try again soon.")
            : null;
    }

    private static OutageFault Controls() => new(
        OutageKind.ControlsFail,
        "None of the control addresses answered, so the fault is our own network's; nothing is judged, and we try again soon.");

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "Our own network seems to have failed ({Kind}); the check of a page on {Host} is not judged.")]
        public static partial void OurFault(ILogger logger, string host, OutageKind kind);
    }
}
