using System.Collections.Concurrent;
using System.Threading.Channels;

namespace LinkMonitor.Tests.Hosting;

/// <summary>What the recording functions got, and what they then do.</summary>
internal sealed class FunctionRecord
{
    private readonly ConcurrentQueue<string> _runs = new();
    private readonly Channel<string> _begun = Channel.CreateUnbounded<string>();

    public IReadOnlyList<string> Runs => [.. _runs];

    /// <summary>What a run does after it was recorded; nothing unless set.</summary>
    public Func<CancellationToken, Task> Work { get; set; } = _ => Task.CompletedTask;

    /// <summary>Completes when one more run has begun.</summary>
    public ValueTask<string> NextRunAsync(CancellationToken cancellationToken) => _begun.Reader.ReadAsync(cancellationToken);

    public Task AddAsync(string message, CancellationToken cancellationToken)
    {
        _runs.Enqueue(message);
        _begun.Writer.TryWrite(message);
        return Work(cancellationToken);
    }
}
