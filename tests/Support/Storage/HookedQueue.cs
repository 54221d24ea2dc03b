using LinkMonitor.Storage.Queues;

namespace LinkMonitor.Testing.Storage;

/// <inheritdoc cref="HookedQueues"/>
internal sealed class HookedQueue(IQueueAccess queue, StorageHook hook) : IQueueAccess
{
    public string Name => queue.Name;

    public bool HasPoison => queue.HasPoison;

    public Task CreateAsync(CancellationToken cancellationToken) =>
        hook.AroundAsync(Call(nameof(CreateAsync)), () => queue.CreateAsync(cancellationToken));

    public Task SendAsync(string text, TimeSpan delay, CancellationToken cancellationToken) =>
        hook.AroundAsync(Call(nameof(SendAsync)) with { Rows = text }, () => queue.SendAsync(text, delay, cancellationToken));

    public Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync(int maxMessages, TimeSpan lease, CancellationToken cancellationToken) =>
        hook.AroundAsync(Call(nameof(ReceiveAsync)), () => queue.ReceiveAsync(maxMessages, lease, cancellationToken));

    public Task<QueuePeek> PeekAsync(CancellationToken cancellationToken) =>
        hook.AroundAsync(Call(nameof(PeekAsync)), () => queue.PeekAsync(cancellationToken));

    public Task<ReceivedMessage?> RenewAsync(ReceivedMessage message, TimeSpan lease, CancellationToken cancellationToken) =>
        hook.AroundAsync(Call(nameof(RenewAsync)), () => queue.RenewAsync(message, lease, cancellationToken));

    public Task<bool> ReleaseAsync(ReceivedMessage message, TimeSpan delay, CancellationToken cancellationToken) =>
        hook.AroundAsync(Call(nameof(ReleaseAsync)), () => queue.ReleaseAsync(message, delay, cancellationToken));

    public Task<bool> DeleteAsync(ReceivedMessage message, CancellationToken cancellationToken) =>
        hook.AroundAsync(Call(nameof(DeleteAsync)), () => queue.DeleteAsync(message, cancellationToken));

    public Task<bool> MoveToPoisonAsync(ReceivedMessage message, CancellationToken cancellationToken) =>
        hook.AroundAsync(Call(nameof(MoveToPoisonAsync)), () => queue.MoveToPoisonAsync(message, cancellationToken));

    private StorageCall Call(string operation) => new(Name, operation);
}
