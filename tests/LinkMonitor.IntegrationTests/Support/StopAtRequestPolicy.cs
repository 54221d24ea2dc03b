using Azure.Core;
using Azure.Core.Pipeline;

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>
/// The death of a process at its n-th storage request: just before that is sent, or when it was done but not yet answered. Nothing is sent
/// after it.
/// </summary>
internal sealed class StopAtRequestPolicy(int request, bool afterSending) : HttpPipelinePolicy
{
    private int _requests;

    /// <summary>Whether it came to the n-th request.</summary>
    public bool HasStopped => Volatile.Read(ref _requests) >= request;

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The stores are asynchronous.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var number = Interlocked.Increment(ref _requests);
        if (number > request || (number == request && !afterSending))
            throw new StoppedException();
        await ProcessNextAsync(message, pipeline);
        if (number == request)
            throw new StoppedException();
    }
}
