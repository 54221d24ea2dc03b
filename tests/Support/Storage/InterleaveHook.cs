namespace LinkMonitor.Testing.Storage;

/// <summary>Lets somebody else act just before the n-th storage call: a race that always goes the same way.</summary>
internal sealed class InterleaveHook(int call, Func<Task> act) : StorageHook
{
    private int _calls;

    /// <summary>Whether it came to the n-th call.</summary>
    public bool HasActed => Volatile.Read(ref _calls) >= call;

    public override Task BeforeAsync(StorageCall sent) => Interlocked.Increment(ref _calls) == call ? act() : Task.CompletedTask;
}
