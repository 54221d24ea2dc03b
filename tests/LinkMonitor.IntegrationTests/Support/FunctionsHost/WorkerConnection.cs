using System.Collections.Concurrent;
using System.Threading.Channels;
using Grpc.Core;
using LinkMonitor.IntegrationTests.Support.FunctionsHost.Protocol;

namespace LinkMonitor.IntegrationTests.Support.FunctionsHost;

/// <summary>The host's end of the stream to one worker: questions, the answers that belong to them, and the worker's log.</summary>
internal sealed class WorkerConnection : FunctionRpc.FunctionRpcBase
{
    private readonly Channel<StreamingMessage> _toWorker = Channel.CreateUnbounded<StreamingMessage>();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> _waiting = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _log = new();
    private readonly TaskCompletionSource<string> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _ended;

    /// <summary>The id that the worker called itself by, once it has called.</summary>
    public Task<string> Started => _started.Task;

    /// <summary>What the worker logged over the stream.</summary>
    public string Log => string.Join('\n', _log);

    /// <summary>The worker has logged something over the stream.</summary>
    public Signal Logged { get; } = new();

    /// <summary>A function has ended.</summary>
    public Signal FunctionEnded { get; } = new();

    /// <summary>Sends a message that has no answer.</summary>
    public void Tell(StreamingMessage message) => _toWorker.Writer.TryWrite(message);

    /// <summary>Sends a question; the answer bears the same id.</summary>
    public Task<StreamingMessage> AskAsync(StreamingMessage message)
    {
        message.RequestId = Guid.NewGuid().ToString();
        return SendAsync(message.RequestId, message);
    }

    /// <summary>Starts a function; the answer comes when it has ended.</summary>
    public async Task<InvocationResponse> InvokeAsync(InvocationRequest request)
    {
        // A real host always sends one, and the worker takes it for given.
        request.TraceContext = new RpcTraceContext { TraceParent = $"00-{Guid.NewGuid():N}-{Guid.NewGuid().ToString("N")[..16]}-01" };
        return (await SendAsync(request.InvocationId, new StreamingMessage { InvocationRequest = request })).InvocationResponse;
    }

    public override async Task EventStream(
        IAsyncStreamReader<StreamingMessage> requestStream, IServerStreamWriter<StreamingMessage> responseStream, ServerCallContext context)
    {
        var writing = WriteAsync(responseStream, context.CancellationToken);
        try
        {
            await foreach (var message in requestStream.ReadAllAsync(context.CancellationToken))
                Take(message);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or Grpc.Core.RpcException)
        {
            // The worker has ended; whoever waits for it is told.
        }

        End();
        await writing;
    }

    private Task<StreamingMessage> SendAsync(string id, StreamingMessage message)
    {
        var answer = new TaskCompletionSource<StreamingMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = answer;
        if (Volatile.Read(ref _ended))
            answer.TrySetException(Gone());
        _toWorker.Writer.TryWrite(message);
        return answer.Task;
    }

    private async Task WriteAsync(IServerStreamWriter<StreamingMessage> stream, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var message in _toWorker.Reader.ReadAllAsync(cancellationToken))
                await stream.WriteAsync(message, cancellationToken);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or InvalidOperationException)
        {
            // As above.
        }
    }

    private void Take(StreamingMessage message)
    {
        if (message.ContentCase == StreamingMessage.ContentOneofCase.StartStream)
            _started.TrySetResult(message.StartStream.WorkerId);
        else if (message.ContentCase == StreamingMessage.ContentOneofCase.RpcLog)
            Note(message.RpcLog);
        else if (_waiting.TryRemove(message.InvocationResponse?.InvocationId ?? message.RequestId, out var waiting))
            waiting.TrySetResult(message);
        if (message.ContentCase == StreamingMessage.ContentOneofCase.InvocationResponse)
            FunctionEnded.Give();
    }

    private void Note(RpcLog line)
    {
        _log.Enqueue($"{line.Category}: {line.Message} {line.Exception?.Message}");
        Logged.Give();
    }

    private void End()
    {
        Volatile.Write(ref _ended, true);
        _toWorker.Writer.TryComplete();
        foreach (var waiting in _waiting.Values)
            waiting.TrySetException(Gone());
    }

    private static InvalidOperationException Gone() => new("The worker has ended.");
}
