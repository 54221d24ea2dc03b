using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Testing.Storage;

/// <summary>The tables of an account whose every write is done, told to nobody, and then tried again.</summary>
internal sealed class LosingTables(MemoryAccount account) : ITableService
{
    private int _lost;

    /// <summary>How many answers were lost.</summary>
    public int Lost => Volatile.Read(ref _lost);

    public ITable Open(string name) => new MemoryTable(account.Rows(name), () => Interlocked.Increment(ref _lost));
}
