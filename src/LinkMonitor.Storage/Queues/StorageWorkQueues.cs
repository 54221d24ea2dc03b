using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LinkMonitor.Storage.Hosts;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Telemetry;

namespace LinkMonitor.Storage.Queues;

/// <inheritdoc cref="IWorkQueues"/>
internal sealed class StorageWorkQueues(IMessageQueues queues, TimeProvider time) : IWorkQueues
{
    public Task CreateAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(QueueNames.All.Select(name => queues.Open(name).CreateAsync(cancellationToken)));

    public Task SendHostCheckAsync(HostKey host, string run, TimeSpan delay, CancellationToken cancellationToken)
    {
        var message = new HostCheckMessage { Version = HostCheckMessage.CurrentVersion, Shard = host.Shard, HostId = host.HostId, Run = run };

        // Whole seconds wait on the queue. Who gets it waits for the rest, so that a pause of half a second is none of a second.
        var whole = TimeSpan.FromSeconds(Math.Floor(delay.TotalSeconds));
        return SendAsync(QueueNames.PageChecks, message, MessageJson.Stored.HostCheckMessage, whole, cancellationToken);
    }

    public Task SendAlertNudgeAsync(ProjectId projectId, TimeSpan delay, CancellationToken cancellationToken)
    {
        var message = new AlertNudge { Version = AlertNudge.CurrentVersion, ProjectId = projectId.Value };
        return SendAsync(QueueNames.Alerts, message, MessageJson.Stored.AlertNudge, delay, cancellationToken);
    }

    public Task ResendAsync(string queue, string text, CancellationToken cancellationToken) =>
        QueueNames.All.Contains(queue, StringComparer.Ordinal)
            ? queues.Open(queue).SendAsync(text, TimeSpan.Zero, cancellationToken)
            : throw new ArgumentException($"'{queue}' is none of our queues.", nameof(queue));

    private Task SendAsync<T>(string queue, T message, JsonTypeInfo<T> type, TimeSpan delay, CancellationToken cancellationToken)
    {
        delay = Within(delay);
        var notes = new MessageNotes
        {
            Trace = ProductTelemetry.CurrentTrace,
            Due = (time.GetUtcNow() + delay).ToUnixTimeMilliseconds(),
        };
        return queues.Open(queue).SendAsync(notes.AddTo(JsonSerializer.Serialize(message, type)), delay, cancellationToken);
    }

    private static TimeSpan Within(TimeSpan delay) =>
        delay < TimeSpan.Zero ? TimeSpan.Zero : delay > IWorkQueues.MaxDelay ? IWorkQueues.MaxDelay : delay;
}
