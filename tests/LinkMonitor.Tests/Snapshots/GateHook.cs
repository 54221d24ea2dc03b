using LinkMonitor.Storage.Tables;
using LinkMonitor.Testing.Storage;

namespace LinkMonitor.Tests.Snapshots;

/// <summary>Holds readings of all links, once their first part was read, until it is opened.</summary>
internal sealed class GateHook : StorageHook
{
    private TaskCompletionSource _reached = New();
    private int _queries;

    public int Queries => _queries;

    public TaskCompletionSource Open { get; private set; } = New();

    public Task Reached => _reached.Task;

    public void Close() => (Open, _reached) = (New(), New());

    public override async Task AfterAsync(StorageCall call)
    {
        if (call.Operation != nameof(ITable.QueryAsync) || call.Rows?.Contains(" link:", StringComparison.Ordinal) is not true)
            return;
        Interlocked.Increment(ref _queries);
        _reached.TrySetResult();
        await Open.Task;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
