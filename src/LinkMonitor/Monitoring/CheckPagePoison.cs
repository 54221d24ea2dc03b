using LinkMonitor.Hosting.Functions;
using LinkMonitor.Storage.Failures;
using LinkMonitor.Storage.Queues;

namespace LinkMonitor.Monitoring;

/// <summary>Queue function: keeps a page check that failed too often. The page itself is due again when its lease ends.</summary>
internal sealed class CheckPagePoison(IFailureStore failures, TimeProvider time) : IQueueFunction
{
    public Task RunAsync(string message, CancellationToken cancellationToken) =>
        failures.RecordAsync(QueueNames.PageChecks, message, time.GetUtcNow(), cancellationToken);
}
