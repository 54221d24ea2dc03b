using Azure.Core;
using Azure.Core.Pipeline;

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>Lets somebody else act just before the n-th storage request is sent: a race that always goes the same way.</summary>
internal sealed class InterleavePolicy(int request, Func<Task> act) : HttpPipelinePolicy
{
    private int _requests;

    /// <summary>Whether it came to the n-th request.</summary>
    public bool HasActed => Volatile.Read(ref _requests) >= request;

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The stores are asynchronous.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        if (Interlocked.Increment(ref _requests) == request)
            await act();
        await ProcessNextAsync(message, pipeline);
    }
}
