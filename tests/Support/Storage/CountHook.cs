using System.Collections.Concurrent;

namespace LinkMonitor.Testing.Storage;

/// <summary>Counts storage calls by place and operation.</summary>
internal sealed class CountHook : StorageHook
{
    private readonly ConcurrentDictionary<StorageCall, int> _calls = new();

    public int Total => _calls.Values.Sum();

    public int Of(string place, string operation) => _calls.GetValueOrDefault(new StorageCall(place, operation));

    public void Clear() => _calls.Clear();

    public override Task BeforeAsync(StorageCall call)
    {
        _calls.AddOrUpdate(call, 1, (_, count) => count + 1);
        return Task.CompletedTask;
    }
}
