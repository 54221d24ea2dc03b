using LinkMonitor.Hosting.Functions;
using LinkMonitor.Storage.Failures;
using LinkMonitor.Storage.Queues;

namespace LinkMonitor.Alerts.Telling;

/// <summary>Queue function: keeps a nudge that failed too often. The changes themselves stay in the outbox for the sweep.</summary>
internal sealed class SendAlertsPoison(IFailureStore failures, TimeProvider time) : IQueueFunction
{
    public Task RunAsync(string message, CancellationToken cancellationToken) =>
        failures.RecordAsync(QueueNames.Alerts, message, time.GetUtcNow(), cancellationToken);
}
