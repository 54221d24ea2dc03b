using Azure.Data.Tables;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Testing.Storage;

/// <summary>Storage in memory.</summary>
internal sealed class MemoryStorage(MemoryAccount account) : TestStorage(account, account, new RecordedSetAside())
{
    /// <summary>A source of such storages.</summary>
    public static IStorageSource Source { get; } = new Memory();

    public override TestStorage Losing(out Func<int> lost)
    {
        var losing = account.Losing();
        lost = () => losing.Lost;
        return new Same(this, losing, account);
    }

    public override Task<List<TableEntity>> RowsAsync(string table, string? partition, CancellationToken cancellationToken) =>
        Task.FromResult(account.ReadAll(table, partition));

    public override Task<IReadOnlyList<string>?> RawMessagesAsync(string queue, CancellationToken cancellationToken) =>
        Task.FromResult(account.Messages(queue).ReadVisible());

    public override Task<int> CountAsync(string queue, CancellationToken cancellationToken) =>
        Task.FromResult(account.Messages(queue).Count);

    public override Task SendRawAsync(string queue, string raw, CancellationToken cancellationToken)
    {
        account.Messages(queue).Add(raw, TimeSpan.Zero);
        return Task.CompletedTask;
    }

    private sealed class Memory : IStorageSource
    {
        public async Task<TestStorage> CreateAsync(CancellationToken cancellationToken)
        {
            var storage = new MemoryStorage(new MemoryAccount(TimeProvider.System));
            await new TableSetup(storage.Tables).CreateAsync(cancellationToken);
            return storage;
        }
    }
}
