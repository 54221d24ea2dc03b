using LinkMonitor.Hosting.Functions;

namespace LinkMonitor.Alerts.Telling;

/// <summary>Timer function: finds changes that no message came for.</summary>
internal sealed class SweepAlerts(AlertSweep sweep) : ITimerFunction
{
    public Task RunAsync(CancellationToken cancellationToken) => sweep.RunAsync(cancellationToken);
}
