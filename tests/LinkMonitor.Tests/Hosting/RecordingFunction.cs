using LinkMonitor.Hosting.Functions;

namespace LinkMonitor.Tests.Hosting;

/// <summary>A function that hands what it got to <see cref="FunctionRecord"/>.</summary>
internal sealed class RecordingFunction(FunctionRecord record) : IQueueFunction, ITimerFunction
{
    public Task RunAsync(string message, CancellationToken cancellationToken) => record.AddAsync(message, cancellationToken);

    public Task RunAsync(CancellationToken cancellationToken) => record.AddAsync("tick", cancellationToken);
}
