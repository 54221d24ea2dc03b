using System.Net.Sockets;
using LinkMonitor.IntegrationTests.Support.FunctionsHost.Protocol;

namespace LinkMonitor.IntegrationTests.Support.FunctionsHost;

/// <summary>What a host says to a worker that has just called, in its order.</summary>
internal static class WorkerGreeting
{
    private static readonly TimeSpan ConnectPause = TimeSpan.FromMilliseconds(50);

    /// <returns>Where the worker listens for requests.</returns>
    public static async Task<Uri> GreetAsync(WorkerConnection worker, string folder)
    {
        await worker.Started;
        var greeting = new WorkerInitRequest { HostVersion = "4.1037.0.0", WorkerDirectory = folder, FunctionAppDirectory = folder };
        var answer = await worker.AskAsync(new StreamingMessage { WorkerInitRequest = greeting });
        return new Uri(answer.WorkerInitResponse.Capabilities["HttpUri"]);
    }

    /// <returns>The functions that the worker announced, all loaded, by name.</returns>
    public static async Task<IReadOnlyDictionary<string, HostedFunction>> LoadAsync(WorkerConnection worker, string folder)
    {
        var answer = await worker.AskAsync(new StreamingMessage
        {
            FunctionsMetadataRequest = new FunctionsMetadataRequest { FunctionAppDirectory = folder },
        });
        var functions = answer.FunctionMetadataResponse.FunctionMetadataResults
            .Select(metadata => new HostedFunction(metadata)).ToDictionary(function => function.Name, StringComparer.Ordinal);
        foreach (var function in functions.Values)
            await LoadAsync(worker, function);
        return functions;
    }

    /// <summary>Waits for the worker's web server, which starts after its stream; a real host tries a refused connection again.</summary>
    public static async Task ListensAsync(Uri workerUrl, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(workerUrl.Host, workerUrl.Port, cancellationToken);
                return;
            }
            catch (SocketException refused) when (refused.SocketErrorCode == SocketError.ConnectionRefused)
            {
                await Task.Delay(ConnectPause, TimeProvider.System, cancellationToken);
            }
        }
    }

    private static async Task LoadAsync(WorkerConnection worker, HostedFunction function)
    {
        var answer = await worker.AskAsync(new StreamingMessage
        {
            FunctionLoadRequest = new FunctionLoadRequest { FunctionId = function.Id, Metadata = function.Metadata },
        });
        var result = answer.FunctionLoadResponse.Result;
        if (result.Status != StatusResult.Types.Status.Success)
            throw new InvalidOperationException($"{function.Name} could not be loaded: {result.Exception?.Message}");
    }
}
