using System.Globalization;
using LinkMonitor.Hosting.Serving;
using LinkMonitor.Storage.Border;
using LinkMonitor.Watchdog;

namespace LinkMonitor.Doctor;

/// <summary>Tries the storage, by making what is missing and looking at what waits.</summary>
internal sealed class StorageLook(IServiceProvider services, Watch watch, HealthReport report)
{
    /// <param name="name">What the storage is called for people, without secrets.</param>
    public async Task<IReadOnlyList<Finding>> LookAsync(string name, CancellationToken cancellationToken)
    {
        if (await StorageStart.PrepareAsync(services, cancellationToken) is { } problem)
            return [new Finding("storage", FindingState.Fails, problem, "Nothing works until it does.")];
        var storage = new Finding("storage", FindingState.Ok, $"{name}: tables and queues are there.");
        try
        {
            return [storage, Queues(report.Of(await watch.LookAsync(cancellationToken)))];
        }
        catch (StorageFailureException e)
        {
            return [storage, new Finding("queues", FindingState.Fails, $"What waits cannot be read: {e.Message}", "Try again; see that the identity may read queues.")];
        }
    }

    private static Finding Queues(HealthView health)
    {
        var messages = health.Queues.Sum(queue => queue.Messages);
        var waiting = string.Create(CultureInfo.InvariantCulture, $"{messages:N0} messages wait or are at work");
        return health.Late.Count == 0
            ? new Finding("queues", FindingState.Ok, $"{waiting}; nothing is late.")
            : new Finding(
                "queues",
                FindingState.Note,
                $"{waiting}; late: {string.Join(", ", health.Late)}.",
                "If the service does not run, that is why: start it. Else docs/operations.md says what each means.");
    }
}
