using LinkMonitor.IntegrationTests.Support.FunctionsHost.Protocol;

namespace LinkMonitor.IntegrationTests.Support.FunctionsHost;

/// <summary>A function that the host has started.</summary>
internal sealed class HostedRun(WorkerConnection worker, string id, Task<InvocationResponse> ended)
{
    /// <summary>Asks the function to give up.</summary>
    public void Cancel() => worker.Tell(new StreamingMessage { InvocationCancel = new InvocationCancel { InvocationId = id } });

    /// <summary>Completes with the signal that the function has come to a place; fails when it ended before.</summary>
    public async Task UntilAsync(Task signal, CancellationToken cancellationToken)
    {
        if (await Task.WhenAny(signal, ended).WaitAsync(cancellationToken) != signal)
            throw new InvalidOperationException($"The function ended: {await OutcomeAsync(cancellationToken)}");
    }

    /// <summary>How it ended.</summary>
    public async Task<StatusResult> ResultAsync(CancellationToken cancellationToken) => (await ended.WaitAsync(cancellationToken)).Result;

    /// <summary>Whether it ended well, and what it threw otherwise.</summary>
    public async Task<(bool Succeeded, string? Failure)> OutcomeAsync(CancellationToken cancellationToken)
    {
        var result = await ResultAsync(cancellationToken);
        return (result.Status == StatusResult.Types.Status.Success, result.Exception?.Message);
    }
}
