using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure.Storage.Queues;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Telemetry;

namespace LinkMonitor.Storage.Queues;

/// <inheritdoc cref="IWorkQueues"/>
internal sealed class StorageWorkQueues(IMessageQueues queues, TimeProvider time) : IWorkQueues
{
    public Task CreateAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(QueueNames.All.Select(name => queues.Open(name).CreateAsync(cancellationToken)));

    public Task SendHostCheckAsync(HostKey host, string run, TimeSpan delay, CancellationToken cancellationToken) =>
        SendHostChecksAsync([(host, run)], delay, cancellationToken);

    public Task SendHostChecksAsync(
        IReadOnlyList<(HostKey Host, string Run)> steps, TimeSpan delay, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(steps.Count, HostCheckMessage.MostHosts);
        var messages = steps.Select(step => new HostCheckMessage
        {
            Version = HostCheckMessage.CurrentVersion,
            Shard = step.Host.Shard,
            HostId = step.Host.HostId,
            Run = step.Run,
        }).ToList();
        var message = messages.Count == 1 ? messages[0] : messages[0] with { Others = messages[1..] };

        // Whole seconds wait on the queue. Who gets it waits for the rest, so that a pause of half a second is none of a second.
        var whole = TimeSpan.FromSeconds(Math.Floor(delay.TotalSeconds));
        return SendAsync(QueueNames.PageChecks, message, MessageJson.Stored.HostCheckMessage, whole, cancellationToken);
    }

    public Task SendAlertNudgeAsync(ProjectId projectId, TimeSpan delay, CancellationToken cancellationToken)
    {
        var message = new AlertNudge { Version = AlertNudge.CurrentVersion, ProjectId = projectId.Value };
        return SendAsync(QueueNames.Alerts, message, MessageJson.Stored.AlertNudge, delay, cancellationToken);
    }

    public Task SendImportAsync(ProjectId projectId, string id, CancellationToken cancellationToken)
    {
        var message = new ImportMessage { Version = ImportMessage.CurrentVersion, ProjectId = projectId.Value, Subject = id };
        return SendAsync(QueueNames.Imports, message, MessageJson.Stored.ImportMessage, TimeSpan.Zero, cancellationToken);
    }

    public Task ResendAsync(string queue, string text, CancellationToken cancellationToken) =>
        QueueNames.All.Contains(queue, StringComparer.Ordinal)
            ? queues.Open(queue).SendAsync(text, TimeSpan.Zero, cancellationToken)
            : throw new ArgumentException($"'{queue}' is not one of our queues.", nameof(queue));

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

/// <inheritdoc cref="IMessageQueues"/>
/// <param name="prefix">Stands before every name.</param>
internal sealed class AzureMessageQueues(QueueServiceClient service, string prefix) : IMessageQueues
{
    public IQueueAccess Open(string name) =>
        new AzureQueueAccess(Client(name), IsPoison(name) ? null : Client(name + QueueNames.PoisonSuffix));

    private QueueClient Client(string name) => service.GetQueueClient(prefix + name);

    private static bool IsPoison(string name) => name.EndsWith(QueueNames.PoisonSuffix, StringComparison.Ordinal);
}

/// <summary>The queues of the storage account.</summary>
public interface IMessageQueues
{
    /// <summary>A queue of this name, whether or not it was created. Nothing is sent yet.</summary>
    /// <param name="name">3 to 63 lower-case letters, digits and single hyphens.</param>
    IQueueAccess Open(string name);
}

/// <summary>Puts work on the queues.</summary>
public interface IWorkQueues
{
    /// <summary>
    /// The longest that a message is held back: the service takes up to seven days, and no longer than the message lives, which is seven
    /// days, too. One that was
    /// to come later comes then, and whoever takes it checks whether its time has come.
    /// </summary>
    static readonly TimeSpan MaxDelay = TimeSpan.FromDays(6);

    /// <summary>Creates the queues that are not there yet, poison queues included.</summary>
    Task CreateAsync(CancellationToken cancellationToken);

    /// <summary>Asks for the next step of a run over a host's due pages.</summary>
    /// <param name="run">The step; see <see cref="HostCheckMessage.Run"/>.</param>
    /// <param name="delay">How long the message stays invisible; cut to zero and <see cref="MaxDelay"/>.</param>
    Task SendHostCheckAsync(HostKey host, string run, TimeSpan delay, CancellationToken cancellationToken);

    /// <summary>Asks for the next steps of runs over the due pages of several hosts, by one message.</summary>
    /// <param name="steps">1 to <see cref="HostCheckMessage.MostHosts"/>.</param>
    /// <inheritdoc cref="SendHostCheckAsync" path="/param[@name='delay']"/>
    Task SendHostChecksAsync(IReadOnlyList<(HostKey Host, string Run)> steps, TimeSpan delay, CancellationToken cancellationToken);

    Task SendAlertNudgeAsync(ProjectId projectId, TimeSpan delay, CancellationToken cancellationToken);

    /// <summary>Asks for work on an import, or for a look at a polled sheet.</summary>
    /// <param name="id">Of the import or the sheet.</param>
    Task SendImportAsync(ProjectId projectId, string id, CancellationToken cancellationToken);

    /// <summary>Sends a message again as it was.</summary>
    Task ResendAsync(string queue, string text, CancellationToken cancellationToken);
}

/// <summary>The queues, named in one place.</summary>
public static class QueueNames
{
    public const string PageChecks = "page-checks";
    public const string Alerts = "alerts";
    public const string Imports = "imports";

    /// <summary>What the Functions host appends for messages that failed too often.</summary>
    public const string PoisonSuffix = "-poison";

    public static IReadOnlyList<string> All { get; } = [PageChecks, Alerts, Imports];
}
