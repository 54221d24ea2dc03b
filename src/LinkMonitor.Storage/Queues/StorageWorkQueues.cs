using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LinkMonitor.Storage.Connecting;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Queues;

/// <inheritdoc cref="IWorkQueues"/>
/// <remarks>Messages are base64, as the Functions host expects them.</remarks>
internal sealed class StorageWorkQueues(StorageConnection connection) : IWorkQueues
{
    public Task CreateAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(QueueNames.All
            .SelectMany(name => new[] { name, name + QueueNames.PoisonSuffix })
            .Select(name => connection.Queue(name).CreateIfNotExistsAsync(cancellationToken: cancellationToken)));

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
            ? connection.Queue(queue).SendMessageAsync(text, cancellationToken)
            : throw new ArgumentException($"'{queue}' is none of our queues.", nameof(queue));

    private async Task SendAsync<T>(string queue, T message, JsonTypeInfo<T> type, TimeSpan delay, CancellationToken cancellationToken) =>
        await connection.Queue(queue).SendMessageAsync(
            JsonSerializer.Serialize(message, type), delay, timeToLive: null, cancellationToken);
}
