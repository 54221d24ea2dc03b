using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Testing.Storage;

/// <summary>Tables whose every call passes a hook.</summary>
internal sealed class HookedTables(ITableService tables, StorageHook hook) : ITableService
{
    public ITable Open(string name) => new HookedTable(name, tables.Open(name), hook);
}
