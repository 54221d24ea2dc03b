using Azure.Core;
using Azure.Core.Pipeline;

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>
/// Kills the work in hand at its n-th storage request, tables and queues counted together, once armed: just before the request is sent,
/// or when it was done but not yet answered. Until it is disarmed nothing more is sent.
/// </summary>
internal sealed class CrashPolicy : HttpPipelinePolicy
{
    private int _left = int.MaxValue;
    private bool _afterSending;

    public bool HasStopped { get; private set; }

    public void Arm(int request, bool afterSending)
    {
        HasStopped = false;
        _afterSending = afterSending;
        Volatile.Write(ref _left, request);
    }

    public void Disarm() => Volatile.Write(ref _left, int.MaxValue);

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The product is asynchronous.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var left = Volatile.Read(ref _left) == int.MaxValue ? int.MaxValue : Interlocked.Decrement(ref _left);
        if (left < 0 || (left == 0 && !_afterSending))
            Stop();
        await ProcessNextAsync(message, pipeline);
        if (left == 0)
            Stop();
    }

    private void Stop()
    {
        HasStopped = true;
        throw new StoppedException();
    }
}
