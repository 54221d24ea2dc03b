using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Queues;

/// <inheritdoc cref="IWorkQueues"/>
internal sealed class StorageWorkQueues(IMessageQueues queues) : IWorkQueues
{
    public Task CreateAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(QueueNames.All.Select(name => queues.Open(name).CreateAsync(cancellationToken)));

    public Task SendPageCheckAsync(PageKey page, DateTimeOffset leasedUntil, TimeSpan delay, CancellationToken cancellationToken)
    {
        var message = new PageCheckMessage
        {
            Version = PageCheckMessage.CurrentVersion,
            Shard = page.Shard,
            PageId = page.PageId,
            Round = leasedUntil.UtcTicks,
        };
        return SendAsync(QueueNames.PageChecks, message, StorageJsonContext.Stored.PageCheckMessage, delay, cancellationToken);
    }

    public Task SendAlertNudgeAsync(ProjectId projectId, TimeSpan delay, CancellationToken cancellationToken)
    {
        var message = new AlertNudge { Version = AlertNudge.CurrentVersion, ProjectId = projectId.Value };
        return SendAsync(QueueNames.Alerts, message, StorageJsonContext.Stored.AlertNudge, delay, cancellationToken);
    }

    public Task ResendAsync(string queue, string text, CancellationToken cancellationToken) =>
        QueueNames.All.Contains(queue, StringComparer.Ordinal)
            ? queues.Open(queue).SendAsync(text, TimeSpan.Zero, cancellationToken)
            : throw new ArgumentException($"'{queue}' is none of our queues.", nameof(queue));

    private Task SendAsync<T>(string queue, T message, JsonTypeInfo<T> type, TimeSpan delay, CancellationToken cancellationToken) =>
        queues.Open(queue).SendAsync(JsonSerializer.Serialize(message, type), Within(delay), cancellationToken);

    private static TimeSpan Within(TimeSpan delay) =>
        delay < TimeSpan.Zero ? TimeSpan.Zero : delay > IWorkQueues.MaxDelay ? IWorkQueues.MaxDelay : delay;
}
