namespace LinkMonitor.Testing.Storage;

/// <summary>
/// Kills the work in hand at its n-th storage call, tables and queues counted together, once armed: just before the call, or when it was done but
/// not yet answered. Until it is disarmed nothing more is sent.
/// </summary>
internal sealed class CrashHook : StorageHook
{
    private int _left = int.MaxValue;
    private bool _afterCall;

    public bool HasStopped { get; private set; }

    public void Arm(int call, bool afterCall)
    {
        HasStopped = false;
        _afterCall = afterCall;
        Volatile.Write(ref _left, call);
    }

    public void Disarm() => Volatile.Write(ref _left, int.MaxValue);

    public override Task BeforeAsync(StorageCall call)
    {
        var left = Volatile.Read(ref _left) == int.MaxValue ? int.MaxValue : Interlocked.Decrement(ref _left);
        return left < 0 || (left == 0 && !_afterCall) ? throw Stop() : Task.CompletedTask;
    }

    public override Task AfterAsync(StorageCall call) => Volatile.Read(ref _left) <= 0 ? throw Stop() : Task.CompletedTask;

    private StoppedException Stop()
    {
        HasStopped = true;
        return new StoppedException();
    }
}
