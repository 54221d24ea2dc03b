using Microsoft.Azure.Functions.Worker;

namespace LinkMonitor.Tests.Hosting.Functions;

/// <summary>Functions that hand what they got to <see cref="FunctionRecord"/>, written as the product's are.</summary>
internal sealed class RecordingFunctions(FunctionRecord record)
{
    [Function("Read")]
    public Task Read([QueueTrigger("a-queue")] string message, CancellationToken cancellationToken) =>
        record.AddAsync(message, cancellationToken);

    [Function("Tick")]
    public Task Tick([TimerTrigger("0 */7 * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        record.AddAsync($"past due: {timer.IsPastDue}", cancellationToken);

    [Function("Web")]
    public Task Web([HttpTrigger] string request) => record.AddAsync(request, CancellationToken.None);

    public Task NoFunction(string message) => record.AddAsync(message, CancellationToken.None);
}
