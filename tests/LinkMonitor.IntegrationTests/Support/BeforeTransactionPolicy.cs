using Azure.Core;
using Azure.Core.Pipeline;

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>Lets something happen right before the next transaction on the links is sent.</summary>
internal sealed class BeforeTransactionPolicy : HttpPipelinePolicy
{
    public Func<Task>? Once { get; set; }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The product is asynchronous.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        if (Once is { } once && IsTransaction(message.Request))
        {
            Once = null;
            await once();
        }

        await ProcessNextAsync(message, pipeline);
    }

    private static bool IsTransaction(Request request) => request.Uri.ToString().Contains("$batch", StringComparison.Ordinal);
}
