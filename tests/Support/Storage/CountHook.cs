using System.Collections.Concurrent;

namespace LinkMonitor.Testing.Storage;

/// <summary>Counts storage calls by place and operation.</summary>
internal sealed class CountHook : StorageHook
{
    private readonly ConcurrentDictionary<StorageCall, int> _calls = new();

    public int Total => _calls.Values.Sum();

    /// <summary>Whatever rows or messages they were about.</summary>
    public int Of(string place, string operation) =>
        _calls.Where(call => call.Key.Place == place && call.Key.Operation == operation).Sum(call => call.Value);

    public void Clear() => _calls.Clear();

    public override Task BeforeAsync(StorageCall call)
    {
        _calls.AddOrUpdate(call, 1, (_, count) => count + 1);
        return Task.CompletedTask;
    }
}
