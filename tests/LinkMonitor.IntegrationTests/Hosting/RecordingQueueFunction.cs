using LinkMonitor.Hosting.Functions;

namespace LinkMonitor.IntegrationTests.Hosting;

/// <summary>Hands every message to the test that runs it.</summary>
internal sealed class RecordingQueueFunction(Func<string, CancellationToken, Task> work) : IQueueFunction
{
    public Task RunAsync(string message, CancellationToken cancellationToken) => work(message, cancellationToken);
}
