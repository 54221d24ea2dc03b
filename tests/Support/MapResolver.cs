using System.Collections.Concurrent;
using System.Net;
using LinkMonitor.Engine.Fetching.Addresses;

namespace LinkMonitor.Testing;

/// <summary>DNS for a test: knows the names it was told, every other name does not exist. No query leaves the process.</summary>
public sealed class MapResolver : INameResolver
{
    private readonly ConcurrentDictionary<string, Queue<NameAnswer>> _answers = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentQueue<string> _asked = new();

    /// <summary>The names asked for, in order.</summary>
    public IReadOnlyList<string> Asked => [.. _asked];

    /// <summary>Gives a name addresses, as text.</summary>
    public MapResolver Add(string host, params string[] addresses) => Add(host, NameAnswer.Found(addresses.Select(IPAddress.Parse)));

    /// <summary>A second call for the same name gives the answer to its second look-up, and so on; the last answer stays.</summary>
    public MapResolver Add(string host, NameAnswer answer)
    {
        _answers.GetOrAdd(host, _ => new Queue<NameAnswer>()).Enqueue(answer);
        return this;
    }

    public ValueTask<NameAnswer> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        _asked.Enqueue(host);
        if (!_answers.TryGetValue(host.TrimEnd('.'), out var answers))
            return ValueTask.FromResult(NameAnswer.NotFound);
        lock (answers)
        {
            return ValueTask.FromResult(answers.Count > 1 ? answers.Dequeue() : answers.Peek());
        }
    }
}
