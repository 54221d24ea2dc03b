using Azure.Core;
using Azure.Core.Pipeline;

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>Every write is done, and its first answer is lost on the way, so that the client tries again. Add it per retry.</summary>
internal sealed class LostAnswerPolicy : HttpPipelinePolicy
{
    private int _lost;

    public int Lost => Volatile.Read(ref _lost);

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The stores are asynchronous.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await ProcessNextAsync(message, pipeline);
        if (message.Request.Method == RequestMethod.Get || message.ProcessingContext.RetryNumber > 0)
            return;

        Interlocked.Increment(ref _lost);
        throw new IOException("The answer was lost.");
    }
}
