using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Testing.Storage;

/// <summary>Lets something happen right before the next transaction is sent.</summary>
internal sealed class BeforeTransactionHook : StorageHook
{
    public Func<Task>? Once { get; set; }

    public override async Task BeforeAsync(StorageCall call)
    {
        if (Once is { } once && call.Operation == nameof(ITable.SubmitAsync))
        {
            Once = null;
            await once();
        }
    }
}
