using System.Text;
using LinkMonitor.Storage.Queues;

namespace LinkMonitor.Testing.Storage;

/// <inheritdoc cref="IQueueAccess"/>
internal sealed class MemoryQueue(string name, MemoryMessages messages, MemoryMessages? poison) : IQueueAccess
{
    public string Name => name;

    public bool HasPoison => poison is not null;

    public Task CreateAsync(CancellationToken cancellationToken) => DoAsync(
        () =>
        {
            messages.Create();
            poison?.Create();
            return true;
        },
        cancellationToken);

    public Task SendAsync(string text, TimeSpan delay, CancellationToken cancellationToken) => DoAsync(
        () =>
        {
            messages.Add(Convert.ToBase64String(Encoding.UTF8.GetBytes(text)), delay);
            return true;
        },
        cancellationToken);

    public Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync(int maxMessages, TimeSpan lease, CancellationToken cancellationToken) =>
        DoAsync(() => messages.Receive(maxMessages, lease), cancellationToken);

    public Task<QueuePeek> PeekAsync(CancellationToken cancellationToken) => DoAsync(messages.Peek, cancellationToken);

    public Task<ReceivedMessage?> RenewAsync(ReceivedMessage message, TimeSpan lease, CancellationToken cancellationToken) =>
        DoAsync(() => messages.Update(message, lease), cancellationToken);

    public Task<bool> ReleaseAsync(ReceivedMessage message, TimeSpan delay, CancellationToken cancellationToken) =>
        DoAsync(() => messages.Update(message, delay) is not null, cancellationToken);

    public Task<bool> DeleteAsync(ReceivedMessage message, CancellationToken cancellationToken) =>
        DoAsync(() => messages.Remove(message), cancellationToken);

    public Task<bool> MoveToPoisonAsync(ReceivedMessage message, CancellationToken cancellationToken)
    {
        if (poison is null)
            throw new InvalidOperationException($"'{Name}' has no poison queue.");
        return DoAsync(
            () =>
            {
                poison.Add(message.Text is null ? QueueText.Encode(message.Raw) : message.Raw, TimeSpan.Zero);
                return messages.Remove(message);
            },
            cancellationToken);
    }

    private static async Task<T> DoAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await Task.Yield();
        return work();
    }
}
