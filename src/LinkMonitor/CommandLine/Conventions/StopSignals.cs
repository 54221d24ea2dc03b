using System.Runtime.InteropServices;

namespace LinkMonitor.CommandLine.Conventions;

/// <summary>
/// Ctrl+C and SIGTERM, from the first moment on: a command is asked to end, and is ended when it has not done so in <see cref="Patience"/>
/// or when the signal comes again.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    /// <summary>Longer than the queues need to finish what they are at.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private readonly TimeProvider _time;
    private ITimer? _patience;
    private int _count;
    private bool _isTerminated;

    private StopSignals(TimeProvider time)
    {
        _time = time;
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Ask(context, ExitCodes.Interrupted));
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Ask(context, ExitCodes.Terminated));
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>The exit code of the process, when a command has ended with this one: which signal has stopped it, is known here.</summary>
    public int CodeOf(int exitCode) => exitCode == ExitCodes.Interrupted && _isTerminated ? ExitCodes.Terminated : exitCode;

    public static StopSignals Listen(TimeProvider time) => new(time);

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _patience?.Dispose();
        _stop.Dispose();
    }

    private void Ask(PosixSignalContext context, int exitCode)
    {
        // The second one does what it does without us.
        if (Interlocked.Increment(ref _count) > 1)
            return;
        context.Cancel = true;
        _isTerminated = exitCode == ExitCodes.Terminated;
        _patience = _time.CreateTimer(_ => Environment.Exit(exitCode), null, Patience, Timeout.InfiniteTimeSpan);
        _stop.Cancel();
    }
}
